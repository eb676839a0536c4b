// Reloads the page when it should be another one, never under the hands of a person.

import { recall, remember } from "./memory.js";

const MEMORY = "lobby-reloaded";
const NOT_AGAIN_FOR_MS = 60_000;

const TYPING = "input:not([type=hidden], [type=button], [type=submit]), textarea, select";

export class Reload {
  #reason = null;

  /** Two servers of different builds behind one name would make a page reload for ever, so the
      same reason counts once a minute. */
  want(reason) {
    this.#reason ??= reason;
    this.tryNow();
  }

  tryNow() {
    if (this.#reason === null || inTheMiddleOfSomething() || this.#happenedLately()) return;
    remember(MEMORY, { reason: this.#reason, at: Date.now() });
    location.reload();
  }

  #happenedLately() {
    const last = recall(MEMORY);
    return last?.reason === this.#reason && Date.now() - last.at < NOT_AGAIN_FOR_MS;
  }
}

function inTheMiddleOfSomething() {
  return document.activeElement?.matches(TYPING) || document.querySelector("dialog[open]");
}
