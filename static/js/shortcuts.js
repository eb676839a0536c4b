// Lets one key press a control: `data-key="n"` on a button, for people who work without a mouse.

const TYPING = "input:not([type=button], [type=submit], [type=radio], [type=checkbox]), "
  + "textarea, select, dialog[open], [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.repeat || event.isComposing) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
  const control = controlFor(keyOf(event));
  if (!control) return;
  event.preventDefault();
  control.click();
});

/** An input method for Chinese hides which key it was; the place on the keyboard does not. */
function keyOf(event) {
  const hidden = event.key === "Process" || event.key === "Unidentified";
  return (hidden ? event.code.replace(/^Key|^Digit/, "") : event.key).toLowerCase();
}

function controlFor(key) {
  const candidates = document.querySelectorAll(`[data-key="${CSS.escape(key)}" i]`);
  return [...candidates].find(
    (control) => control.getClientRects().length > 0 && !control.matches(":disabled, [aria-disabled=true]"),
  );
}
