// Keeps the page true over one socket, and makes it say so when it cannot.

import { Calls } from "./calls.js";
import { redraw } from "./morph.js";
import { Reload } from "./reload.js";

const TICK_MS = 500;
const SILENCE_MS = 5_000; // the server says hello every 2 s
const LOST_MS = 60_000;
const BEHIND_MS = 1_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
const RESTARTING = 1012; // the close code of a server that comes back in a moment

class LobbyLive extends HTMLElement {
  #socket = null;
  #connectedAt = 0; // when the present attempt began
  #retry = 0; // the timer of the next attempt
  #attempts = 0;
  #pause_ms = null; // what a goodbye asked for
  #epoch = null; // of the branch's history, in which versions are counted
  #version = -1; // of the regions drawn over this socket
  #picture = 0; // the number of the picture that the page shows; 0 before the first
  #behindSince = null;
  #heardAt = Date.now(); // the last proof that what the page shows is true
  #ranAt = Date.now(); // the last time that this script ran at all
  #calls = new Calls();
  #reload = new Reload();
  #leaving = null;

  connectedCallback() {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    const ticker = setInterval(() => this.#tick(), TICK_MS);
    signal.addEventListener("abort", () => clearInterval(ticker));
    window.addEventListener("online", () => this.#wake(), { signal });
    window.addEventListener("pageshow", () => this.#wake(), { signal });
    document.addEventListener("visibilitychange", () => document.hidden || this.#wake(), { signal });
    document.addEventListener("lobby:acted", ({ detail }) => this.#acted(detail), { signal });
    this.#connect();
    this.#showFreshness();
  }

  disconnectedCallback() {
    this.#leaving.abort();
    this.#drop();
  }

  #connect() {
    this.#drop();
    const address = new URL(this.dataset.socket, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#connectedAt = Date.now();
    this.#version = -1;
    this.#picture = 0;
    this.#behindSince = null;
    this.#pause_ms = null;
    this.#calls.forgetClock();
    socket.onmessage = (event) => socket === this.#socket && this.#hear(event.data);
    socket.onclose = (event) => socket === this.#socket && this.#closed(event.code);
  }

  #drop() {
    clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = null; // whatever it still says is not listened to
    socket?.close();
  }

  #closed(code) {
    const refused = this.#version < 0;
    if (code === RESTARTING) this.#pause_ms ??= 2_000;
    this.#connectLater();
    if (refused && this.#attempts > 1) this.#askWhetherWelcome();
  }

  #connectLater() {
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#attempts);
    const wait = this.#pause_ms === null
      ? Math.random() * longest
      : this.#pause_ms * (0.5 + Math.random());
    this.#attempts += 1;
    this.#drop();
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  #tick() {
    const now = Date.now();
    if (this.#sleptUntil(now)) this.#connect();
    this.#ranAt = now;
    this.#showFreshness();
    this.#reload.tryNow();
    const behind = this.#behindSince !== null && now - this.#behindSince > BEHIND_MS;
    const silent = now - Math.max(this.#heardAt, this.#connectedAt) > SILENCE_MS;
    if (this.#socket && (behind || silent)) this.#connectLater();
  }

  /** Frames that wait in a sleeping tab are old news on waking; a new socket knows the truth. */
  #sleptUntil(now) {
    return now - this.#ranAt > SILENCE_MS;
  }

  #wake() {
    const now = Date.now();
    const trying = this.#socket && now - this.#connectedAt < SILENCE_MS;
    if (trying || (this.#socket && now - this.#heardAt < SILENCE_MS / 2)) return;
    this.#attempts = 0;
    this.#connect();
  }

  /** Who is refused has acted on what is true no longer: a new socket shows what is. */
  #acted({ refused }) {
    if (!refused) return;
    this.#attempts = 0;
    this.#connect();
  }

  #hear(text) {
    const now = Date.now();
    if (this.#sleptUntil(now)) {
      this.#ranAt = now;
      this.#connect();
      return;
    }
    this.#ranAt = now;
    const frame = JSON.parse(text);
    if (frame.frame === "hello") this.#hello(frame);
    if (frame.frame === "regions") this.#regions(frame);
    if (frame.frame === "call") this.#call(frame);
    if (frame.frame === "goodbye") this.#goodbye(frame);
  }

  /** After a restore versions come again for other pictures: what is remembered of another epoch
      is forgotten, and only a whole picture is true. */
  #begin(epoch) {
    if (epoch === this.#epoch) return;
    this.#calls.begin(epoch);
    this.#epoch = epoch;
    this.#version = -1;
    this.#picture = 0;
    this.#behindSince = null;
  }

  /** A hello proves that the page is true only if it names the picture that the page shows. */
  #hello({ build, epoch, version, picture, at }) {
    this.#begin(epoch);
    this.#calls.hello(at);
    if (build !== this.dataset.build) this.#reload.want(`build ${build}`);
    if (this.#version < 0) return;
    if (version > this.#version || picture > this.#picture) this.#behindSince ??= Date.now();
    else this.#proven();
  }

  /** A frame brings what has changed since an earlier picture. Where that one has not been seen,
      something was lost, and only a new socket brings all of it again. */
  #regions({ epoch, version, picture, since, regions }) {
    this.#begin(epoch);
    if (version < this.#version || picture <= this.#picture) return;
    if (since > this.#picture) {
      this.#connect();
      return;
    }
    for (const [name, html] of Object.entries(regions)) {
      const region = this.querySelector(`[data-region="${CSS.escape(name)}"]`)
        ?? document.getElementById(name);
      if (region) redraw(region, html);
    }
    this.#version = version;
    this.#picture = picture;
    this.#attempts = 0;
    this.#proven();
    document.dispatchEvent(new CustomEvent("lobby:redrawn", { detail: { version } }));
  }

  #call(frame) {
    const call = this.#calls.take(frame);
    if (call) document.dispatchEvent(new CustomEvent("lobby:call", { detail: call }));
  }

  #goodbye({ reason, retry_s }) {
    this.#pause_ms = retry_s * 1000;
    if (reason === "revoked") this.#reload.want("revoked");
  }

  #proven() {
    this.#heardAt = Date.now();
    this.#behindSince = null;
    this.#showFreshness();
  }

  #showFreshness() {
    const silence = Date.now() - this.#heardAt;
    const state = silence > LOST_MS ? "lost" : silence > SILENCE_MS ? "stale" : "fresh";
    if (document.body.dataset.live !== state) document.body.dataset.live = state;
  }

  /** A socket that is refused says nothing about why. The page itself would lead a screen whose
      pairing or sign-in has ended to the place where it can begin again. */
  async #askWhetherWelcome() {
    try {
      const answer = await fetch(location.href, { redirect: "manual", cache: "no-store" });
      const elsewhere = answer.type === "opaqueredirect" || [401, 403].includes(answer.status);
      if (elsewhere) this.#reload.want("not welcome");
    } catch {
      // No server, no answer: the next attempt asks again.
    }
  }
}

customElements.define("lobby-live", LobbyLive);
