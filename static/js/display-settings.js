// A display that was set anew in the lobby draws itself anew, without anybody walking to it.

import { recall, remember } from "./memory.js";

const MEMORY = "lobby-display-redrawn";
const NOT_AGAIN_FOR_MS = 5_000;

export function followSettings(wall) {
  document.addEventListener("lobby:redrawn", () => {
    const drawnFor = wall.querySelector("[data-for]").dataset.for;
    if (drawnFor !== wall.dataset.settings && !lately()) reload();
  });
}

function lately() {
  return Date.now() - (recall(MEMORY) ?? 0) < NOT_AGAIN_FOR_MS;
}

function reload() {
  remember(MEMORY, Date.now());
  location.reload();
}
