// Calls wait here to be said, oldest first, as often as the others who wait leave time for.

const BETWEEN_SENTENCES_S = 0.45;

export class Turns {
  #book;
  #player;
  #waiting = [];
  #busy = false;
  #shift = 0; // raised when all is forgotten

  constructor(book, player) {
    this.#book = book;
    this.#player = player;
  }

  /** A ticket called again before its turn came is said once, with where to go now. */
  add(call) {
    const earlier = this.#waiting.findIndex(({ ticket }) => ticket === call.ticket);
    if (earlier < 0) this.#waiting.push(call);
    else this.#waiting[earlier] = call;
    if (!this.#busy) this.#run();
  }

  clear() {
    this.#waiting = [];
    this.#busy = false;
    this.#shift += 1;
    this.#player.stop();
  }

  async #run() {
    const shift = this.#shift;
    this.#busy = true;
    for (let call = this.#next(); call; call = this.#next()) {
      await this.#say(call, shift);
      if (shift !== this.#shift) return;
    }
    this.#busy = false;
  }

  /** Expired calls are shown and not spoken. */
  #next() {
    const now = performance.now();
    this.#waiting = this.#waiting.filter(({ deadline }) => deadline > now);
    return this.#waiting.shift();
  }

  /** Twice in the language of the ticket, then twice in that of the branch. While others wait it
      is said twice in all; where one of them would grow too old meanwhile, once. */
  async #say(call, shift) {
    const sentences = this.#book.sentences(call);
    const isWhole = await this.#player.load([...this.#book.chime, ...sentences.flat()]);
    const script = isWhole ? sentences.flatMap((sentence) => [sentence, sentence]) : [];
    let said = 0;
    await this.#sound(this.#book.chime, 0, shift);
    while (said < script.length && shift === this.#shift) {
      await this.#sound(script[said], said > 0 ? BETWEEN_SENTENCES_S : 0, shift);
      said += this.#step(sentences, said);
    }
  }

  async #sound(clips, pause_s, shift) {
    if (shift === this.#shift) await this.#player.play(clips, pause_s);
  }

  /** How far to go on in the script: to the same sentence again, to the next language, or out. */
  #step(sentences, said) {
    if (this.#waiting.length === 0) return 1;
    const left = this.#leftInAHurry(sentences, said);
    if (left.length === 0 || !this.#allInTime(left)) return Infinity;
    return sentences.length > 1 ? 2 - (said % 2) : 1;
  }

  /** The sentences still to come when each is said as rarely as twice in all allows. */
  #leftInAHurry(sentences, said) {
    return sentences.length > 1 ? sentences.slice((said >> 1) + 1) : sentences.slice(said);
  }

  /** Whether all who wait would still be young enough, if each of them were said once. */
  #allInTime(sentences) {
    let at = performance.now() + this.#length_ms(sentences);
    for (const call of this.#waiting) {
      if (at > call.deadline) return false;
      at += this.#length_ms([this.#book.chime, ...this.#book.sentences(call).slice(0, 1)]);
    }
    return true;
  }

  #length_ms(sentences) {
    const lengths = sentences.map((one) => this.#player.duration_s(one) + BETWEEN_SENTENCES_S);
    return 1000 * lengths.reduce((sum, length) => sum + length, 0);
  }
}
