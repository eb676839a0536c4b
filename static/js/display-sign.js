// The sign of one counter: what the branch says of it, and each call for its own undisturbed moment.

import "./display-clock.js";
import { spaced } from "./display-panel.js";
import { CallQueue } from "./display-queue.js";
import { followSettings } from "./display-settings.js";
import { onWaking } from "./display-sleep.js";
import { announcer } from "./voice.js";

const wall = document.querySelector("lobby-live");
const panel = wall.querySelector("[data-sign-call]");
const ticket = panel.querySelector("[data-newest-ticket]");
const voice = announcer(wall);
const queue = new CallQueue({ show, rest: () => { panel.hidden = true; }, stillListed: () => false });

followSettings(wall);

document.addEventListener("lobby:call", ({ detail: call }) => {
  voice?.hear(call);
  const isLoud = call.modes.includes("display") || call.modes.includes("flash");
  if (isLoud && call.counter === panel.dataset.counter) queue.add(call);
});

onWaking(() => {
  voice?.forget();
  queue.clear();
});

async function show(calls) {
  const newest = calls[calls.length - 1];
  ticket.textContent = spaced(newest.ticket);
  panel.hidden = false;
  delete panel.dataset.fresh;
  panel.getBoundingClientRect();
  panel.dataset.fresh = "";
  wall.toggleAttribute("data-flash", newest.modes.includes("flash"));
  await new Promise((resolve) => setTimeout(resolve, Number(wall.dataset.dwellMs)));
}
