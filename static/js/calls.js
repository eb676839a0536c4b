// Decides which calls are announced: each at most once, and none that is too old.

import { recall, remember } from "./memory.js";

const MEMORY = "lobby-calls";
const MOST_REMEMBERED = 200;

export class Calls {
  #heard = recall(MEMORY) ?? [];

  /** What to announce, or null. `deadline` is in terms of performance.now(): the frame says how
      many seconds the call has left, so the clocks of server and screen may differ. */
  take(frame) {
    if (!(frame.ttl_s > 0) || this.#heard.includes(frame.id)) return null;
    this.#heard = [...this.#heard, frame.id].slice(-MOST_REMEMBERED);
    remember(MEMORY, this.#heard);
    return { ...frame, deadline: performance.now() + frame.ttl_s * 1000 };
  }
}
