// Leaves out what may be left out, one step after the other, until a screen has room for all that
// is touched. What each step leaves out stands in static/css/kiosk-tight.css.

import { markWords } from "./kiosk-words.js";

const STEPS = [
  "kiosk--tight-row", "kiosk--tight-1", "kiosk--tight-2", "kiosk--tight-time", "kiosk--tight-3",
];
const PLAY_PX = 1;
const EDGE_PX = 4; // between words and the frame of their key, at least

export function fit() {
  markWords();
  const { classList } = document.body;
  classList.remove(...STEPS);
  partLongWords();
  for (const step of STEPS) {
    if (!isTooMuch()) return;
    classList.add(step);
  }
}

/** A word of several syllables that is longer than its key may go on in the next line. */
function partLongWords() {
  for (const words of document.querySelectorAll(".answer__name, .kiosk__beside .button span")) {
    const key = words.closest("a, button");
    const isTooLong = words.scrollWidth > words.clientWidth + PLAY_PX && words.clientWidth > 0;
    if (!isTooLong && words.getBoundingClientRect().width <= key.clientWidth - 2 * EDGE_PX) continue;
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replaceAll("\u00a0", " ");
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
