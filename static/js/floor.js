// What only the lobby manager's tablet does: it sounds for help, and folds away what was done.

import { chime } from "./display-chime.js";

const QUIET_MS = 60_000; // at most one sound a minute, whatever happens

const seen = new Set(callers());
let soundedAt = -Infinity;

document.addEventListener("lobby:acted", ({ detail }) => {
  if (detail.ok) detail.form.closest("details")?.removeAttribute("open");
});

const region = document.querySelector("#region-help");
if (region) new MutationObserver(sound).observe(region, { childList: true, subtree: true });

function sound() {
  const fresh = callers().filter((id) => !seen.has(id));
  for (const id of fresh) seen.add(id);
  if (fresh.length === 0 || performance.now() - soundedAt < QUIET_MS) return;
  soundedAt = performance.now();
  chime();
}

/** Those who wait for a colleague, and to whom nobody goes yet. */
function callers() {
  return [...document.querySelectorAll("#region-help [data-sounds]")].map(({ id }) => id);
}
