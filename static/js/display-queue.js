// Calls wait here for their turn on the wall, so that two at once never overwrite each other.

const PATIENCE_MS = 60_000;
const CROWD = 3; // from so many on, those who wait for their turn are shown together
const MOST_TOGETHER = 4; // more do not fit the panel in letters for the last row

export class CallQueue {
  #waiting = [];
  #show;
  #rest;
  #stillListed;
  #shift = 0; // raised when all is forgotten, so that what is being shown is not followed
  busy = false;

  /** `show(calls)` resolves when the next may follow, `rest()` follows the last one. */
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

  /** After a sleep: what waited is old, and the list tells the truth. */
  clear() {
    this.#waiting = [];
    this.#shift += 1;
    this.busy = false;
    this.#rest();
  }

  async #run() {
    const shift = this.#shift;
    this.busy = true;
    try {
      for (let calls = this.#next(); calls.length > 0; calls = this.#next()) {
        await this.#show(calls);
        if (shift !== this.#shift) return;
      }
    } finally {
      if (shift === this.#shift) {
        this.busy = false;
        this.#rest();
      }
    }
  }

  /** One call, or in a flood several: twenty calls at once are all seen within half a minute. */
  #next() {
    this.#waiting = this.#waiting.filter((call) => !this.#isOver(call));
    return this.#waiting.splice(0, this.#waiting.length >= CROWD ? MOST_TOGETHER : 1);
  }

  /** After a flood of calls those that even the list has left behind would only mislead. */
  #isOver(call) {
    return performance.now() - call.heard_at > PATIENCE_MS && !this.#stillListed(call);
  }
}
