// Quiet texts of the branch's own, only while nobody was called for a while, and never past their day.

import { branchDay } from "./display-clock.js";

const TICK_MS = 500;

export class Slides {
  #wall;
  #panel;
  #place;
  #calledAt = performance.now();
  #changedAt = 0;
  #at = 0;

  constructor(wall, panel) {
    this.#wall = wall;
    this.#panel = panel;
    this.#place = wall.querySelector("[data-slides]");
    setInterval(() => this.consider(), TICK_MS);
    document.addEventListener("lobby:redrawn", () => this.#show());
  }

  /** A call comes: at once, not with the next tick. */
  giveWay() {
    this.#calledAt = performance.now();
    this.#rest();
  }

  consider() {
    const slides = this.#today();
    if (slides.length === 0 || !this.#isQuiet()) this.#rest();
    else this.#run();
  }

  /** A screen that cannot be sure of the day, or of anything, shows what it knows: the calls. */
  #isQuiet() {
    const { live } = document.body.dataset;
    const quiet_ms = this.#panel.isEmpty ? 0 : Number(this.#wall.dataset.quietMs);
    return live === "fresh" && performance.now() - this.#calledAt >= quiet_ms;
  }

  #run() {
    const now = performance.now();
    if (!this.#panel.isAside) {
      this.#panel.isAside = true;
      this.#changedAt = now;
    } else if (now - this.#changedAt >= Number(this.#wall.dataset.slideMs)) {
      this.#at += 1;
      this.#changedAt = now;
    }
    this.#show();
  }

  #rest() {
    if (this.#panel.isAside) this.#panel.isAside = false;
    this.#place.hidden = true;
  }

  #show() {
    const slides = this.#today();
    this.#place.hidden = !this.#panel.isAside || slides.length === 0;
    const current = slides[this.#at % Math.max(1, slides.length)];
    for (const slide of this.#all()) slide.hidden = slide !== current;
  }

  #today() {
    const day = branchDay();
    return day === null ? [] : this.#all().filter(({ dataset }) => dataset.lastDay >= day);
  }

  #all() {
    return [...this.#place.querySelectorAll("[data-slide]")];
  }
}
