// One key per act, so that a double tap or a repeated request is still one act.

const FRESH = "input[data-fresh-key]";

/** Works on plain HTTP too, where crypto.randomUUID is absent. */
export function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Regions are painted once for everybody, so their forms arrive without keys. */
export function fillKeys(root) {
  for (const field of root.querySelectorAll(FRESH)) field.value ||= freshKey();
}

/** After an answer the next act of the same form is a new one. */
export function renewKeys(root) {
  for (const field of root.querySelectorAll(`${FRESH}, form[data-act] input[name="key"]`)) {
    field.value = freshKey();
  }
}

// A page that comes back from the browser's own memory has keys that were used already.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) renewKeys(document);
});
