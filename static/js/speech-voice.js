// A voice of the browser, if it lives on this machine: none that sends the text elsewhere.

const RATE = 0.95;

export class LocalVoice {
  #synthesis = window.speechSynthesis ?? null;

  /** Browsers may learn of their voices only after the page has opened. */
  whenFound(act, signal) {
    this.#synthesis?.addEventListener?.("voiceschanged", act, { signal });
  }

  /** Of the country asked for, else of the language, else null. */
  find(language) {
    const local = (this.#synthesis?.getVoices() ?? []).filter((voice) => voice.localService);
    const wanted = language.toLowerCase();
    const tongue = wanted.split("-")[0];
    return local.find((voice) => codeOf(voice) === wanted)
      ?? local.find((voice) => codeOf(voice).split("-")[0] === tongue)
      ?? null;
  }

  /** Resolves when all is said; what is stopped never does. */
  say(text, voice, loudness) {
    this.stop();
    const utterance = new SpeechSynthesisUtterance(text);
    Object.assign(utterance, { voice, lang: voice.lang, volume: loudness, rate: RATE });
    return new Promise((resolve) => {
      utterance.onend = resolve;
      this.#synthesis.speak(utterance);
    });
  }

  stop() {
    this.#synthesis?.cancel();
  }
}

function codeOf({ lang }) {
  return lang.replace("_", "-").toLowerCase();
}
