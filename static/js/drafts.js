// Keeps what somebody of the staff types until it was sent: a session that ends meanwhile loses none
// of it. Only for the same person, in the same tab, in a form about the same thing.

import { recall, remember } from "./memory.js";
import { purpose } from "./morph.js";

const DRAFTS = "lobby-drafts";
const ENDED = "lobby-session-ended"; // the page for signing in was shown since
const KEPT_MS = 30 * 60_000; // later somebody else is spoken of
const WORDS = "input:not([type]), input[type=text], input[type=search], textarea";

const { person } = document.body.dataset;
const kept = recall(DRAFTS);
const isMine = kept !== null && kept.person === person && Date.now() - kept.at < KEPT_MS;
const hadEnded = recall(ENDED) === true;
let fields = {};

if (isMine && hadEnded && kept.page === location.pathname) giveBack(kept.fields);
else if (!isMine || !hadEnded) begin();

document.addEventListener("input", ({ target }) => {
  if (!target.matches(WORDS) || !target.form) return;
  fields[purpose(target)] = target.value;
  keep();
});

document.addEventListener("lobby:acted", ({ detail }) => {
  if (detail.ok) forget(detail.form.getAttribute("action"));
  if (detail.signedOut) signInFirst();
});

function begin() {
  remember(DRAFTS, null);
  remember(ENDED, null);
}

function keep() {
  remember(DRAFTS, { person, page: location.pathname, at: Date.now(), fields });
}

function forget(action) {
  const others = Object.entries(fields).filter(([key]) => !key.startsWith(`${action} `));
  fields = Object.fromEntries(others);
  keep();
}

function signInFirst() {
  keep();
  location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Where the form is no longer there, what was typed stands in the sentence. */
function giveBack(typed) {
  const texts = Object.entries(typed).filter(([, text]) => text !== "");
  const homeless = texts.filter(([key, text]) => !putBack(key, text)).map(([, text]) => text);
  remember(ENDED, null);
  if (texts.length === 0) return;
  const sentence = homeless.length > 0 ? "[data-draft-homeless]" : "[data-draft-back]";
  say([document.querySelector(sentence)?.textContent ?? "", ...homeless].join(" "));
}

function putBack(key, text) {
  const field = [...document.querySelectorAll(WORDS)].find((other) => purpose(other) === key);
  if (!field) return false;
  field.value = text;
  fields[key] = text;
  field.dispatchEvent(new Event("input", { bubbles: true })); // touched: a redraw leaves it alone
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
  return true;
}

function say(sentence) {
  const notice = document.querySelector("[data-notice]");
  if (notice) notice.textContent = sentence;
}
