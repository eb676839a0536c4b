// A soft two-note chime, made on the spot: no file to load, nothing from the network.

const NOTES = [
  { hertz: 659.25, after_s: 0 },
  { hertz: 523.25, after_s: 0.42 },
];
const NOTE_S = 1.1;
const LOUDNESS = 0.22;
const OVERTONES = [
  { times: 1, share: 1 },
  { times: 2, share: 0.18 },
];

let audio = null;
wake();
// A browser may want to be touched once before it lets a page sound; a wall's is told not to ask.
for (const gesture of ["pointerdown", "keydown"]) document.addEventListener(gesture, wake);

function wake() {
  audio ??= "AudioContext" in window ? new AudioContext() : null;
  if (audio?.state === "suspended") audio.resume().catch(() => {});
}

/** Resolves when it has rung out; at once where the browser allows no sound. */
export async function chime() {
  if (audio?.state !== "running") return;
  for (const note of NOTES) ring(note);
  const length_s = NOTES.at(-1).after_s + NOTE_S;
  await new Promise((resolve) => setTimeout(resolve, length_s * 1000));
}

function ring({ hertz, after_s }) {
  const start = audio.currentTime + after_s;
  for (const { times, share } of OVERTONES) {
    const voice = new OscillatorNode(audio, { frequency: hertz * times });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUDNESS * share, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0005, start + NOTE_S);
    voice.connect(volume).connect(audio.destination);
    voice.start(start);
    voice.stop(start + NOTE_S);
  }
}
