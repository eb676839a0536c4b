// Says aloud what a kiosk's screen asks: again, quieter or louder, and never two things at once.

import { recall, remember } from "./memory.js";
import { ClipPlayer } from "./speech-clips.js";
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
    this.addEventListener("click", (event) => this.#press(event.target.closest("[data-speech]")), { signal });
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
    return { text: this.dataset.text, clips: this.dataset.clips.split(" ").filter(Boolean) };
  }

  /** Nothing that could not keep its word is shown. */
  #appear() {
    this.hidden = !(this.#player.mayPlay(this.#addresses(this.#screen.clips)) || this.#findVoice());
    if (this.hidden || !this.#isOn || this.#greeted) return;
    this.#greeted = true;
    this.#say(this.#screen);
  }

  #press(control) {
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
    if (this.#isOn && !this.hidden) this.#say({ text, clips });
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

  async #say({ text, clips }) {
    const turn = this.#hush();
    const loudness = LOUDNESS[this.#step - 1];
    this.dataset.state = "speaking";
    const recorded = await this.#player.load(this.#addresses(clips));
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
