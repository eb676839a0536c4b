// The wall: shows what the branch says, and gives each new call its own undisturbed moment.

import "./display-clock.js";
import "./display-frame.js";
import { Pages } from "./display-pages.js";
import { Panel } from "./display-panel.js";
import { CallQueue } from "./display-queue.js";
import { followSettings } from "./display-settings.js";
import { onWaking } from "./display-sleep.js";
import { Slides } from "./display-slides.js";
import { announcer } from "./voice.js";

const ANNOUNCEMENT_ON_ITS_WAY_MS = 400;

const wall = document.querySelector("lobby-live");
const panel = new Panel(wall);
const slides = new Slides(wall, panel);
const voice = announcer(wall);
const queue = new CallQueue({ show, rest: settle, stillListed: (call) => panel.lists(call) });
let settling = 0;

followSettings(wall);
for (const pages of wall.querySelectorAll("[data-pages]")) new Pages(pages, wall.dataset.pageMs);

document.addEventListener("lobby:call", ({ detail: call }) => {
  voice?.hear(call);
  if (!isLoud(call)) return;
  slides.giveWay();
  queue.add(call);
});

// Where the frame brings a new call, its announcement follows at once and settles the matter.
document.addEventListener("lobby:redrawn", () => {
  panel.markShown();
  clearTimeout(settling);
  settling = setTimeout(settle, ANNOUNCEMENT_ON_ITS_WAY_MS);
});

onWaking(() => {
  voice?.forget();
  queue.clear();
});

/** Resolves when the next call may follow: not before its time on the wall. */
async function show(calls) {
  panel.draw(calls);
  panel.pulse({ flashes: calls.some(({ modes }) => modes.includes("flash")) });
  slides.giveWay();
  await pause(Number(wall.dataset.dwellMs));
}

/** With nothing to announce, the wall shows the newest call that the branch knows. */
function settle() {
  if (!queue.busy) panel.settle();
  slides.consider();
}

/** Who is fetched in person or by a pager is not called out to the hall. */
function isLoud({ modes }) {
  return modes.includes("display") || modes.includes("flash");
}

function pause(duration_ms) {
  return new Promise((resolve) => setTimeout(resolve, duration_ms));
}
