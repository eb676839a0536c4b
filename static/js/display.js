// The wall: shows what the branch says, and gives each new call its own undisturbed moment.

import { CallQueue } from "./display-queue.js";
import { chime } from "./display-chime.js";
import "./display-clock.js";

const ANNOUNCEMENT_ON_ITS_WAY_MS = 400;

const wall = document.querySelector("lobby-live");
const newest = wall.querySelector("[data-newest]");
const ticket = wall.querySelector("[data-newest-ticket]");
const counter = wall.querySelector("[data-newest-counter]");
const welcome = wall.querySelector("[data-welcome]");
const last = wall.querySelector("[data-last]");

const queue = new CallQueue({ show: highlight, rest: settle, stillListed });
let settling = 0;
let shown = keptCalls()[0] ?? null;

markShown();

document.addEventListener("lobby:call", ({ detail: call }) => {
  if (facesCounter(call.counter)) queue.add(call);
});

// Where the frame brings a new call, its announcement follows at once and settles the matter.
document.addEventListener("lobby:redrawn", () => {
  markShown();
  clearTimeout(settling);
  settling = setTimeout(settle, ANNOUNCEMENT_ON_ITS_WAY_MS);
});

/** Resolves when the next call may follow: not before its time on the wall and its sound. */
async function highlight(call) {
  draw(call);
  restartPulse();
  await Promise.all([pause(Number(wall.dataset.dwellMs)), sound(call)]);
}

/** What is heard of a call, one thing after the other; a call too old is only seen. */
async function sound(call) {
  if (performance.now() < call.deadline) await chime();
}

/** With nothing to announce, the wall shows the newest call that the branch knows. */
function settle() {
  if (!queue.busy) draw(keptCalls()[0] ?? null);
}

function draw(call) {
  const same = call?.ticket === shown?.ticket && call?.counter === shown?.counter;
  if (!same) delete newest.dataset.fresh;
  shown = call;
  newest.hidden = last.hidden = call === null;
  welcome.hidden = call !== null;
  ticket.textContent = call ? spaced(call.ticket) : "";
  counter.textContent = call?.counter ?? "";
  markShown();
}

/** The list holds the other calls: the one on the large panel would stand there twice. */
function markShown() {
  for (const row of rows()) row.hidden = row.dataset.ticket === shown?.ticket;
}

function restartPulse() {
  delete newest.dataset.fresh;
  newest.getBoundingClientRect(); // the browser takes note, or it would see no change at all
  newest.dataset.fresh = "";
}

function keptCalls() {
  return rows().map((row) => ({ ...row.dataset }));
}

function rows() {
  return [...last.querySelectorAll("[data-call]")];
}

function stillListed(call) {
  return rows().some((row) => row.dataset.call === call.id);
}

function facesCounter(number) {
  const faced = wall.dataset.counters.split(" ").filter(Boolean);
  return faced.length === 0 || faced.includes(number);
}

/** As on the server: a hair of space between the letter and the digits. */
function spaced(number) {
  return `${number.slice(0, 1)}\u200A${number.slice(1)}`;
}

function pause(duration_ms) {
  return new Promise((resolve) => setTimeout(resolve, duration_ms));
}
