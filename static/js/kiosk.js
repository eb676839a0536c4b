// What a kiosk does by itself: it asks whether somebody is still there, forgets who has gone,
// notices who does not get on, lets no finger tap twice, and prints.

import { go } from "./kiosk-away.js";
import { fit } from "./kiosk-fit.js";
import { freshKey } from "./keys.js";
import { recall, remember } from "./memory.js";
import { sayNotice } from "./speech-notice.js";

const PRINTED = "lobby-printed";
const SESSION = "lobby-kiosk"; // how this person gets on; nothing of what they chose
const TAPPED = "lobby-tapped";
const DOUBLE_TAP_MS = 300;
const TIMEOUTS_MOST = 2;
const BACKS_MOST = 3;

fit();
if (document.fonts) document.fonts.ready.then(fit);
document.addEventListener("lobby:redrawn", fit);
document.addEventListener("lobby:redrawn", openOrClose);

const dialog = document.querySelector("dialog[data-idle]");
if (dialog) watchForIdleness(dialog);
else if (document.querySelector(".ticket")) remember(SESSION, null);

const notice = document.querySelector("[data-notice]");
document.addEventListener("pointerdown", () => notice?.replaceChildren());
document.addEventListener("click", onceAtATime, { capture: true });
document.addEventListener("click", countBacks);

const passing = document.querySelector("[data-leaves-s]");
if (passing) setTimeout(() => go(passing.dataset.to, { replaces: true }), Number(passing.dataset.leavesS) * 1000);

const printing = document.querySelector("[data-print]");
if (printing) printOnce(printing.dataset.print);

const printKey = document.querySelector("[data-print-now]");
if (printKey) printKey.addEventListener("click", () => window.print());

/** When the branch opens, closes, or its kiosks are stopped, question, keys and speech change too. */
function openOrClose() {
  const isClosed = document.querySelector(".closed") !== null;
  const wasClosed = document.querySelector(".kiosk__page--closed") !== null;
  if (isClosed !== wasClosed) go(window.location.href, { replaces: true });
}

function watchForIdleness(dialog) {
  let timer = 0;
  const goHome = () => {
    remember(SESSION, null);
    go(dialog.dataset.home, { replaces: true });
  };
  const ask = () => {
    if (!touched()) return wait();
    dialog.showModal();
    sayNotice(dialog);
    timer = setTimeout(goHome, Number(dialog.dataset.warningS) * 1000);
    gotOn({ timeouts: 1 });
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, Number(dialog.dataset.afterS) * 1000);
  };
  for (const sign of ["pointerdown", "keydown"]) {
    document.addEventListener(sign, () => dialog.open || wait(), { passive: true });
  }
  // A dialog tells that it was closed only with its next frame, and a busy kiosk draws few of them.
  for (const answer of ["submit", "close"]) dialog.addEventListener(answer, wait);
  wait();
}

/** The first screen as the next person should find it needs no question. */
function touched() {
  const home = location.pathname + location.search === dialog.dataset.home;
  return !home || Boolean(notice?.textContent.trim());
}

function countBacks(event) {
  if (event.target.closest?.("[data-back]")) gotOn({ backs: 1 });
}

/** Two warnings or three steps back say, once, that a colleague would be welcome. */
function gotOn({ timeouts = 0, backs = 0 }) {
  const before = recall(SESSION) ?? { timeouts: 0, backs: 0, told: false };
  const now = { timeouts: before.timeouts + timeouts, backs: before.backs + backs, told: before.told };
  const isStuck = now.timeouts >= TIMEOUTS_MOST || now.backs >= BACKS_MOST;
  if (isStuck && !now.told) tellColleague();
  remember(SESSION, { ...now, told: now.told || isStuck });
}

function tellColleague() {
  const body = new URLSearchParams({ kind: "stuck", key: freshKey() });
  const headers = { Accept: "application/json" };
  fetch("/kiosk/help", { method: "POST", headers, body, keepalive: true }).catch(() => {
    // Nobody asked for this hint, so nobody misses it.
  });
}

/** The second tap of one finger belongs to the first, also where it lands on the next screen. */
function onceAtATime(event) {
  if (event.detail === 0) return; // a key, not a finger
  const now = Date.now();
  const since = now - (recall(TAPPED) ?? 0);
  if (since >= 0 && since < DOUBLE_TAP_MS) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  remember(TAPPED, now);
}

/** A page that reloads itself prints no second slip. */
function printOnce(ticket) {
  if (recall(PRINTED) === ticket) return;
  remember(PRINTED, ticket);
  window.print();
}

/** The keys of a keypad show only while somebody works with keys. */
for (const [sign, isByKeys] of [["keydown", true], ["pointerdown", false]]) {
  document.addEventListener(sign, () => {
    if (document.body.classList.contains("kiosk--keys") === isByKeys) return;
    document.body.classList.toggle("kiosk--keys", isByKeys);
    fit();
  });
}
