// Digits to touch, for a device that has neither a keyboard of its own nor one on its screen.

class Keypad extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.closest(".pairing")?.classList.add("pairing--with-keys");
    this.addEventListener("click", (event) => this.#press(event.target.closest("button")));
  }

  #press(key) {
    const input = key && document.getElementById(this.dataset.for);
    if (!input) return;
    const digits = input.value.replaceAll(/\D/g, "");
    input.value = key.value
      ? (digits + key.value).slice(0, Number(this.dataset.digits))
      : digits.slice(0, -1);
  }
}

customElements.define("lobby-keypad", Keypad);
