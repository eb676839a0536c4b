// Which recordings say a call: the server has put their names into the page once and for all.

export class Book {
  #languages;
  #chime;

  constructor(text) {
    const { languages = {}, chime = "" } = text ? JSON.parse(text) : {};
    this.#languages = languages;
    this.#chime = chime;
  }

  get isEmpty() {
    return Object.keys(this.#languages).length === 0;
  }

  get chime() {
    return this.#chime ? [this.#chime] : [];
  }

  /** Every address, so that all is there before the network fails. */
  all() {
    const files = Object.values(this.#languages).flatMap((language) => {
      const { before, between, after, signs, counters } = language;
      const clips = [before, between, after, Object.values(signs), Object.values(counters)];
      return clips.flat(2).map((clip) => address(language, clip));
    });
    return [...new Set([...this.chime, ...files])];
  }

  /** The call as one sentence for each language in which it can be said whole, in that order. */
  sentences({ ticket, counter, languages }) {
    return languages.map((code) => this.#sentence(code, ticket, counter)).filter(Boolean);
  }

  #sentence(code, ticket, counter) {
    const language = this.#languages[code];
    const place = language?.counters[counter];
    const signs = [...ticket].map((sign) => language?.signs[sign]);
    if (!place || signs.includes(undefined)) return null;
    const { before, between, after } = language;
    const clips = [...before, ...signs, ...between, ...place, ...after];
    return clips.map((clip) => address(language, clip));
  }
}

function address({ folder, ending }, clip) {
  return `${folder}${clip}${ending}`;
}
