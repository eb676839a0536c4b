// Calls wait here for their turn on the wall, so that two at once never overwrite each other.

const PATIENCE_MS = 60_000;

export class CallQueue {
  #waiting = [];
  #show;
  #rest;
  #stillListed;
  busy = false;

  /** `show(call)` resolves when the next may follow, `rest()` follows the last one. */
  constructor({ show, rest, stillListed }) {
    this.#show = show;
    this.#rest = rest;
    this.#stillListed = stillListed;
  }

  /** A ticket called again before its turn came is shown once, with where to go now. */
  add(call) {
    const heard = { ...call, heard_at: performance.now() };
    const earlier = this.#waiting.findIndex(({ ticket }) => ticket === call.ticket);
    if (earlier < 0) this.#waiting.push(heard);
    else this.#waiting[earlier] = heard;
    if (!this.busy) this.#run();
  }

  async #run() {
    this.busy = true;
    try {
      for (let call = this.#next(); call; call = this.#next()) await this.#show(call);
    } finally {
      this.busy = false;
      this.#rest();
    }
  }

  #next() {
    let call = this.#waiting.shift();
    while (call && this.#isOver(call)) call = this.#waiting.shift();
    return call;
  }

  /** After a flood of calls those that even the list has left behind would only mislead. */
  #isOver(call) {
    return performance.now() - call.heard_at > PATIENCE_MS && !this.#stillListed(call);
  }
}
