// One loudspeaker: recordings are scheduled ahead on one clock, without a gap and never over another.

const LEAD_S = 0.06; // the browser needs a moment to begin
const BETWEEN_CLIPS_S = 0; // the recordings themselves begin and end quietly
const OVERDUE_MS = 1_500;

export class Player {
  #context = "AudioContext" in window ? new AudioContext() : null;
  #volume = null;
  #buffers = new Map();
  #loading = new Map();
  #sources = new Set();
  #free_s = 0; // when the loudspeaker will have nothing left to say

  constructor(loudness) {
    if (!this.#context) return;
    this.#volume = this.#context.createGain();
    this.#volume.gain.value = loudness;
    this.#volume.connect(this.#context.destination);
  }

  get isAudible() {
    return this.#context?.state === "running";
  }

  /** A browser may want to be touched once before it lets a page sound. */
  wake() {
    if (this.#context?.state === "suspended") this.#context.resume().catch(() => {});
  }

  /** True once all of them are here; from then on no network is needed. */
  async load(addresses) {
    if (!this.#context) return false;
    const buffers = await Promise.all(addresses.map((address) => this.#buffer(address)));
    return !buffers.includes(null);
  }

  duration_s(addresses) {
    const lengths = addresses.map((address) => this.#buffers.get(address)?.duration ?? 0);
    return lengths.reduce((sum, length) => sum + length + BETWEEN_CLIPS_S, 0);
  }

  /** Resolves when the last one has rung out, or would have on a loudspeaker that works. */
  async play(addresses, pause_s = 0) {
    const buffers = addresses.map((address) => this.#buffers.get(address)).filter(Boolean);
    if (!this.isAudible || buffers.length === 0) return;
    let start_s = Math.max(this.#context.currentTime + LEAD_S, this.#free_s) + pause_s;
    let last = null;
    for (const buffer of buffers) {
      last = this.#schedule(buffer, start_s);
      start_s += buffer.duration + BETWEEN_CLIPS_S;
    }
    this.#free_s = start_s;
    await this.#over(last, start_s);
  }

  stop() {
    for (const source of this.#sources) {
      source.stop();
      source.disconnect();
    }
    this.#sources.clear();
    this.#free_s = 0;
  }

  #schedule(buffer, start_s) {
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#volume);
    source.addEventListener("ended", () => this.#sources.delete(source));
    source.start(start_s);
    this.#sources.add(source);
    return source;
  }

  #over(source, end_s) {
    const left_ms = (end_s - this.#context.currentTime) * 1000;
    return new Promise((resolve) => {
      source.addEventListener("ended", resolve);
      setTimeout(resolve, left_ms + OVERDUE_MS);
    });
  }

  async #buffer(address) {
    if (this.#buffers.has(address)) return this.#buffers.get(address);
    if (!this.#loading.has(address)) this.#loading.set(address, this.#decode(address));
    const buffer = await this.#loading.get(address);
    this.#loading.delete(address);
    if (buffer) this.#buffers.set(address, buffer);
    return buffer;
  }

  async #decode(address) {
    try {
      const answer = await fetch(address);
      return answer.ok ? await this.#context.decodeAudioData(await answer.arrayBuffer()) : null;
    } catch {
      return null; // asked for again when it is to be said
    }
  }
}
