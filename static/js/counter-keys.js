// Lets a teller switch the single keys off: for whoever speaks to the computer, or uses a screen
// reader that has a meaning of its own for every letter.

const MEMORY = "lobby-counter-keys";

const button = document.querySelector("[data-keys-switch]");

show(recalled());
button.hidden = false;
button.addEventListener("click", () => {
  const on = button.getAttribute("aria-checked") !== "true";
  remember(on);
  show(on);
});

// Before anybody else hears of the key. Keys with a modifier, and those that move about, stay.
document.addEventListener("keydown", (event) => {
  if (document.body.dataset.keys !== "off" || event.key.length !== 1 || event.key === " ") return;
  event.stopPropagation();
}, true);

function show(on) {
  button.setAttribute("aria-checked", String(on));
  document.body.dataset.keys = on ? "on" : "off";
}

function recalled() {
  try {
    return localStorage.getItem(MEMORY) !== "off";
  } catch {
    return true;
  }
}

function remember(on) {
  try {
    localStorage.setItem(MEMORY, on ? "on" : "off");
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
