// The large panel of the wall and the list beside it, which never show the same call twice.

import { mark } from "./display-frame.js";

export class Panel {
  #wall;
  #panel;
  #calls;
  #shown;

  constructor(wall) {
    this.#wall = wall;
    this.#panel = wall.querySelector("[data-newest]");
    this.#calls = wall.querySelector("[data-newest-calls]");
    this.#shown = this.#loud().slice(0, 1);
    this.markShown();
  }

  get isEmpty() {
    return this.#shown.length === 0;
  }

  /** One call, or a few of them in smaller letters. */
  draw(calls) {
    if (!sameCalls(calls, this.#shown)) this.#still();
    this.#shown = calls;
    this.#panel.hidden = calls.length === 0;
    this.#wall.querySelector("[data-welcome]").hidden = !this.isEmpty;
    this.#wall.querySelector("[data-last]").hidden = this.isEmpty && this.#rows().length === 0;
    this.#panel.dataset.count = calls.length;
    this.#wall.toggleAttribute("data-crowded", calls.length > 1);
    mark();
    this.#fill(calls);
    this.markShown();
  }

  /** With nothing to announce: the newest call that the branch knows, or none. */
  settle() {
    this.draw(this.#loud().slice(0, 1));
  }

  /** The list holds the other calls: the one on the large panel would stand there twice. */
  markShown() {
    const large = this.isAside ? [] : this.#shown.map(({ ticket }) => ticket);
    for (const row of this.#rows()) row.hidden = large.includes(row.dataset.ticket);
  }

  /** While slides stand in the place of the panel. */
  get isAside() {
    return this.#wall.dataset.aside !== undefined;
  }

  set isAside(aside) {
    this.#wall.toggleAttribute("data-aside", aside);
    this.markShown();
  }

  pulse({ flashes }) {
    this.#still();
    this.#panel.getBoundingClientRect(); // the browser takes note, or it would see no change
    this.#panel.dataset.fresh = "";
    this.#wall.toggleAttribute("data-flash", flashes);
  }

  lists(call) {
    return this.#rows().some((row) => row.dataset.call === call.id);
  }

  #still() {
    delete this.#panel.dataset.fresh;
    delete this.#wall.dataset.flash;
  }

  #fill(calls) {
    const [first] = this.#calls.children;
    while (this.#calls.children.length > Math.max(1, calls.length)) this.#calls.lastChild.remove();
    while (this.#calls.children.length < calls.length) this.#calls.append(first.cloneNode(true));
    for (const [at, place] of [...this.#calls.children].entries()) {
      write(place, "[data-newest-ticket]", calls[at] ? spaced(calls[at].ticket) : "");
      write(place, "[data-newest-counter]", calls[at]?.counter ?? "");
    }
  }

  #loud() {
    return this.#rows().filter((row) => row.dataset.quiet === undefined).map((row) => ({ ...row.dataset }));
  }

  #rows() {
    return [...this.#wall.querySelectorAll("[data-last] [data-call]")];
  }
}

/** As on the server: a hair of space between the letter and the digits. */
export function spaced(number) {
  return `${number.slice(0, 1)}\u200A${number.slice(1)}`;
}

function write(place, selector, text) {
  const element = place.querySelector(selector);
  if (element.textContent !== text) element.textContent = text;
}

function sameCalls(some, others) {
  const key = (calls) => calls.map(({ ticket, counter }) => `${ticket} ${counter}`).join();
  return key(some) === key(others);
}
