// Says aloud what a kiosk's screen asks: again, quieter or louder, and never two things at once.

import { recall, remember } from "./memory.js";
import { ClipPlayer } from "./speech-clips.js";
import { clipsOfNotices } from "./speech-notice.js";
import { LocalVoice } from "./speech-voice.js";

const VOLUME = "lobby-speech-volume";
const LOUDNESS = [0.3, 0.6, 1]; // the last is all that the system allows
const MIDDLE = 2;

class LobbySpeech extends HTMLElement {
  static observedAttributes = ["data-text", "data-clips"];

  #player = new ClipPlayer();
  #voice = new LocalVoice();
  #turn = 0; // raised by whatever interrupts, so that what was still loading keeps silent
  #step = MIDDLE;
  #greeted = false;
  #leaving = null;

  connectedCallback() {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.addEventListener("click", (event) => this.#press(event.target.closest("[data-speech]"), event), { signal });
    for (const answer of ["click", "submit"]) {
      document.addEventListener(answer, (event) => this.#heed(event), { signal, capture: true });
    }
    document.addEventListener("lobby:say", ({ detail }) => this.#announce(detail), { signal });
    window.addEventListener("pagehide", () => this.#hush(), { signal });
    this.#voice.whenFound(() => this.#appear(), signal);
    this.#setStep((this.#isOn && recall(VOLUME)) || MIDDLE);
    this.#appear();
  }

  disconnectedCallback() {
    this.#leaving.abort();
    this.#hush();
  }

  attributeChangedCallback(_name, before) {
    if (before === null || !this.isConnected) return;
    this.#hush();
    this.#appear();
  }

  get #isOn() {
    return this.dataset.on !== undefined;
  }

  get #screen() {
    const clips = this.dataset.clips.split(" ").filter(Boolean);
    return { text: this.dataset.text, clips, isWhole: this.dataset.whole !== undefined };
  }

  /** The key never moves and never goes: where nothing can speak it says so instead. */
  #appear() {
    const canSpeak = this.#player.mayPlay(this.#addresses(this.#screen.clips)) || this.#findVoice();
    const key = this.querySelector(".speech__switch");
    if (canSpeak) key?.removeAttribute("aria-disabled");
    else key?.setAttribute("aria-disabled", "true");
    this.dataset.mute = canSpeak ? "" : "mute";
    if (!canSpeak || !this.#isOn || this.#greeted) return;
    this.#greeted = true;
    this.#say(this.#screen);
    this.#prepare();
  }

  /** That the connection is lost has to be said without one. */
  #prepare() {
    for (const clips of clipsOfNotices()) this.#player.load(this.#addresses(clips));
  }

  get #isMute() {
    return this.dataset.mute === "mute";
  }

  #press(control, event) {
    if (this.#isMute && event.target.closest(".speech__switch")) {
      event.preventDefault();
      this.#explain();
    }
    if (control?.dataset.speech === "again") this.#say(this.#screen);
    else if (control?.dataset.speech === "stop") this.#hush();
    else if (control?.dataset.speech === "volume") this.#changeVolume();
  }

  /** Whoever answers has heard enough. */
  #heed({ type, target }) {
    if (this.contains(target)) return;
    if (type === "submit" || target.closest?.("a, button, input, label, summary")) this.#hush();
  }

  /** For what appears on a screen later, as the question whether somebody is still there. */
  #announce({ text, clips = [] }) {
    if (this.#isOn && !this.#isMute) this.#say({ text, clips });
  }

  #explain() {
    const notice = document.querySelector("[data-notice]");
    if (notice) notice.textContent = this.dataset.why;
  }

  /** The new loudness is heard at once. */
  #changeVolume() {
    this.#setStep((this.#step % LOUDNESS.length) + 1);
    this.#say(this.#screen);
  }

  #setStep(step) {
    this.#step = LOUDNESS[step - 1] ? step : MIDDLE;
    remember(VOLUME, this.#isOn ? this.#step : null);
    const button = this.querySelector("[data-speech=volume]");
    if (!button) return;
    button.dataset.step = this.#step;
    const label = button.querySelector("[data-label]");
    label.textContent = label.dataset.label.replace("{step}", this.#step);
  }

  /** Recordings that leave a sentence out come after a voice that says them all. */
  async #say({ text, clips, isWhole = true }) {
    const turn = this.#hush();
    const loudness = LOUDNESS[this.#step - 1];
    this.dataset.state = "speaking";
    const isRecorded = isWhole || !this.#findVoice();
    const recorded = isRecorded ? await this.#player.load(this.#addresses(clips)) : null;
    if (turn !== this.#turn) return;
    if (recorded) await this.#player.play(recorded, loudness);
    else if (this.#findVoice()) await this.#voice.say(text, this.#findVoice(), loudness);
    else this.#appear();
    if (turn === this.#turn) this.dataset.state = "quiet";
  }

  #hush() {
    this.#player.stop();
    this.#voice.stop();
    this.dataset.state = "quiet";
    this.#turn += 1;
    return this.#turn;
  }

  #findVoice() {
    return this.#voice.find(this.dataset.language);
  }

  #addresses(clips) {
    return clips.map((clip) => `${this.dataset.sounds}${clip}.opus`);
  }
}

customElements.define("lobby-speech", LobbySpeech);
