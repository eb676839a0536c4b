// Stands in for the loudspeaker: keeps time, and writes down which recording would sound when.

window.heard = [];
window.voices = [];
window.said = [];

const CLIP_S = 0.4;
const arrayBuffer = Response.prototype.arrayBuffer;
Response.prototype.arrayBuffer = async function () {
  const bytes = await arrayBuffer.call(this);
  bytes.clip = this.url.split("/").at(-1).replace(".opus", "");
  return bytes;
};

class Source {
  constructor(context) { this.context = context; }

  connect(volume) { this.volume = volume; }

  disconnect() {}

  start(at) {
    this.note = { clip: this.buffer.clip, loudness: this.volume.gain.value, start: at, end: at + CLIP_S };
    window.heard.push(this.note);
    const left_s = this.note.end - this.context.currentTime;
    this.timer = setTimeout(() => this.onended?.(), left_s * 1000);
  }

  stop() {
    clearTimeout(this.timer);
    this.note.end = Math.max(this.note.start, Math.min(this.note.end, this.context.currentTime));
  }
}

window.AudioContext = class {
  state = "running";

  destination = {};

  get currentTime() { return performance.now() / 1000; }

  createGain() { return { gain: { value: 1 }, connect() {} }; }

  createBufferSource() { return new Source(this); }

  async decodeAudioData(bytes) { return { clip: bytes.clip, duration: CLIP_S }; }
};

class Synthesis extends EventTarget {
  getVoices() { return window.voices; }

  speak(utterance) { window.said.push(utterance); }

  cancel() { window.silenced = (window.silenced ?? 0) + 1; }
}
Object.defineProperty(window, "speechSynthesis", { value: new Synthesis() });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
