// What a kiosk does by itself: it asks whether somebody is still there, and it prints.

import { recall, remember } from "./memory.js";

const WARNING_MS = 20_000;
const PRINTED = "lobby-printed";

const dialog = document.querySelector("dialog[data-idle]");
if (dialog) watchForIdleness(dialog);

const notice = document.querySelector("[data-notice]");
document.addEventListener("pointerdown", () => notice?.replaceChildren());

const printing = document.querySelector("[data-print]");
if (printing) printOnce(printing.dataset.print);

function watchForIdleness(dialog) {
  let timer = 0;
  const goHome = () => location.replace(dialog.dataset.home);
  const ask = () => {
    if (!touched()) return wait();
    dialog.showModal();
    timer = setTimeout(goHome, WARNING_MS);
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, Number(dialog.dataset.afterS) * 1000);
  };
  for (const sign of ["pointerdown", "keydown"]) {
    document.addEventListener(sign, () => dialog.open || wait(), { passive: true });
  }
  dialog.addEventListener("close", wait);
  wait();
}

/** The first screen as the next person should find it needs no question. */
function touched() {
  const home = location.pathname + location.search === document.querySelector("[data-idle]").dataset.home;
  return !home || Boolean(notice?.textContent.trim());
}

/** A page that reloads itself prints no second slip. */
function printOnce(ticket) {
  if (recall(PRINTED) === ticket) return;
  remember(PRINTED, ticket);
  window.print();
}
