// Says the calls of a room aloud: each once, one after the other, and only from one display.

import { Book } from "./voice-book.js";
import { Player } from "./voice-player.js";
import { Turns } from "./voice-turns.js";

const GESTURES = ["pointerdown", "keydown", "touchend"];
const ASK_AGAIN_MS = 3_000;
const TOUCH_AFTER_MS = 1_500; // a browser that may sound has begun to by then

/** Null for a display that is not set to speak, or where no language is recorded. */
export function announcer(wall) {
  const book = new Book(wall.dataset.book);
  return book.isEmpty ? null : new Announcer(wall, book);
}

class Announcer {
  #wall;
  #player;
  #turns;
  #standby = []; // calls that came while nobody had been asked to speak
  #toldAt = -Infinity;
  #openedAt = performance.now();

  constructor(wall, book) {
    this.#wall = wall;
    this.#player = new Player([0.35, 0.65, 1][Number(wall.dataset.loudness) - 1] ?? 1);
    this.#turns = new Turns(book, this.#player);
    this.#player.load(book.all());
    for (const gesture of GESTURES) document.addEventListener(gesture, () => this.#player.wake());
    document.addEventListener("lobby:redrawn", () => this.#heed());
    setInterval(() => this.#heed(), 500);
    this.#player.wake();
  }

  hear(call) {
    if (!call.modes.includes("voice")) return;
    if (this.#speaks) this.#turns.add(call);
    else if (!this.#speaker) this.#standby.push(call);
  }

  /** After a sleep nothing old is said any more, and nothing half. */
  forget() {
    this.#standby = [];
    this.#turns.clear();
  }

  get #ready() {
    const device = this.#wall.querySelector("[data-ready]");
    return device.dataset.ready.split(" ").filter(Boolean);
  }

  get #speaker() {
    return this.#ready[0];
  }

  get #speaks() {
    return this.#speaker === this.#wall.dataset.seat && this.#player.isAudible;
  }

  #heed() {
    this.#tell();
    this.#askForATouch();
    if (this.#speaks) this.#standby.splice(0).forEach((call) => this.#turns.add(call));
    else if (this.#speaker && this.#speaker !== this.#wall.dataset.seat) this.#standby = [];
  }

  /** What the server believes of this page is in every frame: it is told when that is not so. */
  async #tell() {
    const believed = this.#ready.includes(this.#wall.dataset.seat);
    const live = document.body.dataset.live === "fresh";
    const lately = performance.now() - this.#toldAt < ASK_AGAIN_MS;
    if (!live || lately || believed === this.#player.isAudible) return;
    this.#toldAt = performance.now();
    const state = this.#player.isAudible ? "ready" : "blocked";
    const body = new URLSearchParams({ seat: this.#wall.dataset.seat, state });
    await fetch("/display/voice", { method: "POST", body }).catch(() => {});
  }

  /** A browser that waits for a touch says so on the wall, unless another display speaks. */
  #askForATouch() {
    const patient = performance.now() - this.#openedAt < TOUCH_AFTER_MS;
    const nobodySpeaks = this.#ready.length === 0;
    this.#wall.querySelector("[data-touch]").hidden = patient || this.#player.isAudible || !nobodySpeaks;
  }
}
