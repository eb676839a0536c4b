// Plays recordings one after the other through Web Audio, which works on plain HTTP too.

const LEAD_S = 0.05;
const GAP_S = 0.04; // the recordings themselves begin and end quietly

export class ClipPlayer {
  #context = null;
  #buffers = new Map();
  #lost = new Set();
  #sources = [];

  /** Whether there are recordings, and none of them was found missing. */
  mayPlay(addresses) {
    const known = addresses.length > 0 && "AudioContext" in window;
    return known && !addresses.some((address) => this.#lost.has(address));
  }

  /** All of them, decoded, or null: half a sentence is worse than none. */
  async load(addresses) {
    if (!this.mayPlay(addresses)) return null;
    this.#wake();
    const buffers = await Promise.all(addresses.map((address) => this.#buffer(address)));
    return buffers.includes(null) ? null : buffers;
  }

  /** Resolves when the last one has rung out; one that is stopped never does. */
  play(buffers, loudness) {
    this.stop();
    const volume = this.#context.createGain();
    volume.gain.value = loudness;
    volume.connect(this.#context.destination);
    let start = this.#context.currentTime + LEAD_S;
    for (const buffer of buffers) {
      this.#schedule(buffer, start, volume);
      start += buffer.duration + GAP_S;
    }
    return new Promise((resolve) => { this.#sources[this.#sources.length - 1].onended = resolve; });
  }

  stop() {
    for (const source of this.#sources) {
      source.onended = null;
      source.stop();
      source.disconnect();
    }
    this.#sources = [];
  }

  #schedule(buffer, start, volume) {
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(volume);
    source.start(start);
    this.#sources.push(source);
  }

  /** A browser that waits for a touch lets the recordings begin with it. */
  #wake() {
    this.#context ??= new AudioContext();
    if (this.#context.state === "suspended") this.#context.resume().catch(() => {});
  }

  async #buffer(address) {
    if (this.#buffers.has(address)) return this.#buffers.get(address);
    const buffer = await this.#decode(address).catch(() => null);
    if (buffer) this.#buffers.set(address, buffer);
    else this.#lost.add(address);
    return buffer;
  }

  async #decode(address) {
    const answer = await fetch(address);
    return answer.ok ? this.#context.decodeAudioData(await answer.arrayBuffer()) : null;
  }
}
