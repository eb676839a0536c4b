// Asks whether the server is there before a page is left: no browser's own error page on a kiosk.
// While it is away the page stays, says so in the person's language, and goes on by itself.

import { sayNotice } from "./speech-notice.js";

const ASK = "/healthz";
const PATIENCE_MS = 4_000;
const AGAIN_MS = 2_000;

const sheet = document.querySelector("[data-away]");
let target = null; // where the person wants to go; the last wish counts

/** Leads to `address` as soon as somebody answers there. */
export async function go(address, { replaces = false } = {}) {
  const isWaiting = target !== null;
  target = { address, replaces };
  if (isWaiting) return;
  while (!(await isThere())) {
    show(sheet);
    await new Promise((resolve) => { setTimeout(resolve, AGAIN_MS); });
  }
  const { address: wanted, replaces: instead } = target;
  target = null;
  if (instead) location.replace(wanted);
  else location.assign(wanted);
}

function show(sheet) {
  if (!sheet?.hidden) return;
  sheet.hidden = false;
  sayNotice(sheet);
}

async function isThere() {
  const asking = new AbortController();
  const patience = setTimeout(() => asking.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(ASK, { cache: "no-store", signal: asking.signal });
    return answer.ok;
  } catch {
    return false;
  } finally {
    clearTimeout(patience);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a[href]");
  if (!link || event.defaultPrevented || link.origin !== location.origin) return;
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.href, { replaces: document.querySelector(".ticket") !== null });
});

// An act that was done leads on: also there somebody has to be.
document.addEventListener("lobby:leaving", (event) => {
  event.preventDefault();
  go(event.detail.address);
});

// A page that comes back out of the browser's memory was another person's.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) go(document.querySelector("[data-home]").dataset.home, { replaces: true });
});
