// Sends an acting form without leaving the page: once, again with the same key if the network
// fails, and with a sentence for the person if it still does.

import { fillKeys, renewKeys } from "./keys.js";
import "./shortcuts.js";

const DOUBLE_TAP_MS = 300;
const PATIENCE_MS = 12_000; // the server answers within ten seconds
const PAUSES_MS = [300, 1_000, 2_500]; // before the first, second and third repeat
const PASSING = [502, 504]; // a proxy without its server; the same request may succeed soon

const underway = new Set();
let lastActAt = -Infinity;

fillKeys(document);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-act]")) return;
  event.preventDefault();
  const action = addressOf(form, event.submitter);
  if (underway.has(action) || performance.now() - lastActAt < DOUBLE_TAP_MS) return;
  lastActAt = performance.now();
  act(form, event.submitter, action);
});

async function act(form, submitter, action) {
  underway.add(action);
  say(form, "");
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value); // older browsers leave it out
  setBusy(form, true);
  try {
    await conclude(form, await send(action, body));
  } finally {
    underway.delete(action);
    setBusy(form, false);
  }
}

/** The answer, or null when the network gave none in four tries. */
async function send(action, body) {
  for (const pause of [0, ...PAUSES_MS]) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      const answer = await fetch(action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body,
        signal: impatience(),
      });
      if (!PASSING.includes(answer.status)) return answer;
    } catch {
      // The request or its answer was lost: the key makes it safe to ask again.
    }
  }
  return null;
}

/** `AbortSignal.timeout`, which older browsers do not have. */
function impatience() {
  const abort = new AbortController();
  setTimeout(() => abort.abort(), PATIENCE_MS);
  return abort.signal;
}

async function conclude(form, answer) {
  const said = (await answer?.json().catch(() => null)) ?? {};
  if (answer && answer.status < 500) renewKeys(form);
  if (answer?.ok) done(form, said.location ?? (answer.redirected ? answer.url : null));
  else say(form, said.sentence ?? failure());
  const status = answer?.status ?? 0;
  const facts = { refused: status === 409, signedOut: status === 401 };
  const detail = { form, ok: Boolean(answer?.ok), ...facts, answer: said };
  document.dispatchEvent(new CustomEvent("lobby:acted", { detail }));
}

function done(form, location) {
  form.reset();
  form.closest("dialog[open]")?.close();
  const target = new URL(location ?? window.location.href, window.location.href);
  if (!isThisPage(target)) leaveFor(target);
  else if (!isLive()) window.location.reload();
}

/** A screen may want to ask first whether anybody is there. */
function leaveFor(target) {
  const detail = { address: target.href };
  const leaving = new CustomEvent("lobby:leaving", { cancelable: true, detail });
  if (document.dispatchEvent(leaving)) window.location.assign(target);
}

/** An address without a query means this page as it is, in the language it was opened in. */
function isThisPage({ origin, pathname, search }) {
  const here = window.location;
  return origin === here.origin
    && pathname === here.pathname
    && (search === "" || search === here.search);
}

function isLive() {
  return document.body.dataset.live === "fresh" && document.querySelector("lobby-live") !== null;
}

/** Not `disabled`: that would take the focus from whoever works with the keyboard. */
function setBusy(form, busy) {
  for (const control of form.elements) {
    if (control.type !== "submit") continue;
    if (busy) control.setAttribute("aria-disabled", "true");
    else control.removeAttribute("aria-disabled");
  }
}

function say(form, sentence) {
  const nearest = form.closest("dialog")?.querySelector("[data-notice]");
  const notice = nearest ?? document.querySelector("[data-notice]");
  if (!notice) return;
  notice.textContent = sentence;
  notice.hidden = false;
}

function failure() {
  const element = document.querySelector("[data-act-failed]");
  return (element?.content ?? element)?.textContent.trim() ?? "";
}

function addressOf(form, submitter) {
  const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  return new URL(action ?? "", window.location.href).href;
}
