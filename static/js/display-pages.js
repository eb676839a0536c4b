// More lines than can be read at once take turns in their place.

export class Pages {
  #place;
  #at = 0;

  constructor(place, page_ms) {
    this.#place = place;
    document.addEventListener("lobby:redrawn", () => this.#show());
    setInterval(() => this.#turn(), Number(page_ms));
    this.#show();
  }

  #turn() {
    this.#at += 1;
    this.#show();
  }

  #show() {
    const pages = [...this.#place.querySelectorAll("[data-page]")];
    const current = pages.length > 0 ? this.#at % pages.length : 0;
    for (const [at, page] of pages.entries()) page.hidden = at !== current;
  }
}
