// The tablet's one sound: two soft notes for help, risk and what has become critical, and never
// more than once a minute, whatever happens. What sounds is marked by the server: `data-sounds`
// is on the tablet of the person who should answer, with a new name after each minute without.

import { recall, remember } from "./memory.js";

const QUIET_MS = 60_000;
const MEMORY = "lobby-floor-sounded";
const NOTES = [
  { hertz: 587.33, after_s: 0 },
  { hertz: 880, after_s: 0.22 },
];
const NOTE_S = 0.7;
const LOUDNESS = 0.25;

const seen = new Set(recall(MEMORY)?.seen ?? []);
let soundedAt = recall(MEMORY)?.at ?? 0;
let audio = null;

wake();
// A browser may want to be touched once before it lets a page sound.
for (const gesture of ["pointerdown", "keydown"]) document.addEventListener(gesture, wake);

const region = document.querySelector("#region-alert");
if (region) {
  new MutationObserver(listen).observe(region, { childList: true, subtree: true, attributes: true });
  listen();
}
setInterval(listen, 5_000); // what had to wait for a quiet minute is not forgotten

function wake() {
  audio ??= "AudioContext" in window ? new AudioContext() : null;
  if (audio?.state === "suspended") audio.resume().catch(() => {});
}

function listen() {
  const now = signals();
  const fresh = now.filter((signal) => !seen.has(signal));
  if (fresh.length === 0 || Date.now() - soundedAt < QUIET_MS) return;
  if (document.body.dataset.live === "lost") return; // old news
  if (!chime()) return;
  for (const signal of now) seen.add(signal);
  soundedAt = Date.now();
  remember(MEMORY, { seen: [...seen].slice(-50), at: soundedAt });
  document.dispatchEvent(new CustomEvent("lobby:sounded", { detail: { signals: fresh } }));
}

function signals() {
  return [...document.querySelectorAll("#region-alert [data-sounds]")].map(
    (mark) => mark.dataset.sounds,
  );
}

/** False where the browser allows no sound yet. */
function chime() {
  if (audio?.state !== "running") return false;
  for (const note of NOTES) ring(note);
  return true;
}

function ring({ hertz, after_s }) {
  const start = audio.currentTime + after_s;
  const voice = new OscillatorNode(audio, { frequency: hertz, type: "sine" });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0005, start + NOTE_S);
  voice.connect(volume).connect(audio.destination);
  voice.start(start);
  voice.stop(start + NOTE_S);
}
