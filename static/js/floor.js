// What only the lobby manager's tablet does: folds away what was done, says since when it has no
// connection, and never leaves a page that it could not come back to.

import "./floor_sound.js";

document.addEventListener("lobby:acted", ({ detail }) => {
  if (detail.ok) detail.form.closest("details")?.removeAttribute("open");
});

const knownAt = document.querySelector("[data-known-at]");
let lastFreshAt = new Date();

new MutationObserver(showSince).observe(document.body, { attributeFilter: ["data-live"] });
setInterval(() => isFresh() && (lastFreshAt = new Date()), 1_000);

function isFresh() {
  return document.body.dataset.live === "fresh";
}

function showSince() {
  if (!knownAt || isFresh()) return;
  const [hours, minutes] = [lastFreshAt.getHours(), lastFreshAt.getMinutes()];
  knownAt.textContent = `${hours}:${String(minutes).padStart(2, "0")}`;
}

/** Without a network a link would lead to the browser's own page of regret, from which nobody
    comes back to the hall. So the page stays, and says why. */
document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || isFresh() && navigator.onLine) return;
  if (link.origin !== location.origin || link.hash && link.pathname === location.pathname) return;
  event.preventDefault();
  if (await answers(link.href)) location.assign(link.href);
  else say(document.querySelector("[data-no-connection]")?.textContent ?? "");
});

async function answers(address) {
  try {
    await fetch(address, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(3_000) });
    return true;
  } catch {
    return false;
  }
}

function say(sentence) {
  const notice = document.querySelector("[data-notice]");
  if (notice) notice.textContent = sentence;
}

document.addEventListener("lobby:redrawn", () => {
  const notice = document.querySelector("[data-notice]");
  const sentence = document.querySelector("[data-no-connection]")?.textContent;
  if (notice && notice.textContent === sentence) notice.textContent = "";
});
