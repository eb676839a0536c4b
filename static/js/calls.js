// Decides which calls are announced: each at most once, and none that is too old.

import { recall, remember } from "./memory.js";

const MEMORY = "lobby-calls";
const EPOCH = "lobby-epoch";
const MOST_REMEMBERED = 200;
const HELLOS_COMPARED = 8;

export class Calls {
  #heard = recall(MEMORY) ?? [];
  #apart = []; // by how many seconds this clock was ahead of the server's, hello by hello

  /** In another epoch of the branch nothing has been heard yet: its database was put back, and its
      calls are counted anew. */
  begin(epoch) {
    if (epoch === (recall(EPOCH) ?? epoch)) return remember(EPOCH, epoch);
    this.#heard = [];
    remember(MEMORY, this.#heard);
    remember(EPOCH, epoch);
  }

  /** The quickest of the last hellos tells how far the two clocks stand apart; older ones are
      forgotten, because clocks drift and are set right. */
  hello(at) {
    if (Number.isFinite(at)) this.#apart = [...this.#apart, now_s() - at].slice(-HELLOS_COMPARED);
  }

  /** A new socket may lead to another server with another clock. */
  forgetClock() {
    this.#apart = [];
  }

  /** What to announce, or null. `deadline` is in terms of performance.now(): the frame says how
      many seconds the call had left when it was sent, and how late it is shows by the hellos. */
  take(frame) {
    const left_s = frame.ttl_s - this.#late_s(frame.at);
    if (!(left_s > 0) || this.#heard.includes(frame.id)) return null;
    this.#heard = [...this.#heard, frame.id].slice(-MOST_REMEMBERED);
    remember(MEMORY, this.#heard);
    return { ...frame, deadline: performance.now() + left_s * 1000 };
  }

  #late_s(at) {
    if (!Number.isFinite(at) || this.#apart.length === 0) return 0;
    return Math.max(0, now_s() - at - Math.min(...this.#apart));
  }
}

function now_s() {
  return Date.now() / 1000;
}
