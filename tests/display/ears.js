// Stands in for the loudspeaker: keeps time, and writes down which recording would sound when.

window.heard = [];
const CLIP_S = window.CLIP_S ?? 0.05;

const arrayBuffer = Response.prototype.arrayBuffer;
Response.prototype.arrayBuffer = async function () {
  const bytes = await arrayBuffer.call(this);
  const [language, file] = this.url.split("/").slice(-2);
  bytes.clip = `${language}/${file.replace(".opus", "")}`;
  return bytes;
};

class Source extends EventTarget {
  constructor(context) {
    super();
    this.context = context;
  }

  connect(volume) { this.volume = volume; }

  disconnect() {}

  start(at) {
    this.note = { clip: this.buffer.clip, loudness: this.volume.gain.value, start: at, end: at + CLIP_S };
    window.heard.push(this.note);
    const left_s = this.note.end - this.context.currentTime;
    this.timer = setTimeout(() => this.dispatchEvent(new Event("ended")), left_s * 1000);
  }

  stop() {
    clearTimeout(this.timer);
    this.note.end = Math.max(this.note.start, Math.min(this.note.end, this.context.currentTime));
  }
}

window.AudioContext = class {
  state = window.MUTED ? "suspended" : "running";

  destination = {};

  get currentTime() { return performance.now() / 1000; }

  createGain() { return { gain: { value: 1 }, connect() {} }; }

  createBufferSource() { return new Source(this); }

  async decodeAudioData(bytes) { return { clip: bytes.clip, duration: CLIP_S }; }

  async resume() {
    if (navigator.userActivation.hasBeenActive) this.state = "running";
  }
};
