// Leaves out what may be left out, one step after the other, until a screen has room for all that
// is touched. What each step leaves out stands in static/css/kiosk-tight.css.

import { markWords } from "./kiosk-words.js";

const STEPS = ["kiosk--tight-row", "kiosk--tight-1", "kiosk--tight-2", "kiosk--tight-3"];
const PLAY_PX = 1;

export function fit() {
  markWords();
  const { classList } = document.body;
  classList.remove(...STEPS);
  for (const step of STEPS) {
    if (!isTooMuch()) return;
    classList.add(step);
  }
}

function isTooMuch() {
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > innerWidth || scrollHeight > innerHeight) return true;
  return [...document.querySelectorAll(".kiosk__page .button, .answer, .way")].some(spills);
}

function spills(box) {
  return box.scrollWidth > box.clientWidth + PLAY_PX || box.scrollHeight > box.clientHeight + PLAY_PX;
}
