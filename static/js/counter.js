// Keeps a teller's hands on the keyboard: panels open on their first field and close on Escape,
// after each act the focus waits on the next one, and no redraw ever loses it.

const MAIN = ".main-act button";
const FIRST = "input:not([type=hidden]), select, button:not([hidden])";

let mayTakeFocus = true;
let focused = null; // the last element that had the focus and was not left for the page itself

document.addEventListener("focusin", ({ target }) => { focused = target; });
document.addEventListener("pointerdown", () => { focused = null; });

document.addEventListener("toggle", (event) => {
  const panel = event.target;
  if (panel.matches?.("details.panel") && panel.open) focusFirstOf(panel);
}, true);

function focusFirstOf(panel) {
  const body = panel.querySelector(".panel-body");
  (body?.querySelector("[data-first]") ?? body?.querySelector(FIRST))?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const panel = document.querySelector("details.panel[open]");
  if (!panel) return;
  panel.open = false;
  panel.querySelector("summary").focus();
});

document.addEventListener("lobby:acted", ({ detail }) => {
  if (!detail.ok) return;
  panelOf(detail.form)?.removeAttribute("open");
  mayTakeFocus = true;
});

/** The redraw may be quicker than the answer and have taken the form away already. */
function panelOf(form) {
  return form.isConnected
    ? form.closest("details.panel")
    : document.querySelector("details.panel[open]");
}

document.addEventListener("lobby:redrawn", () => {
  const lost = focused !== null && !(focused.isConnected && focused.checkVisibility());
  if (lost || mayTakeFocus) focusNextAct();
});

/** Once per act, and never out of a field in which somebody types. */
function focusNextAct() {
  const present = document.activeElement;
  const panel = document.querySelector("details.panel[open]");
  mayTakeFocus = false;
  if (present?.matches("input, select, textarea")) return;
  if (!panel) document.querySelector(MAIN)?.focus({ preventScroll: true });
  else if (!panel.contains(present)) focusFirstOf(panel);
}

// The questions about a service stand below it once it is chosen.
document.addEventListener("change", ({ target }) => {
  if (target.matches?.("[data-asks]")) showQuestions(target);
});
document.addEventListener("lobby:redrawn", showAllQuestions);
document.addEventListener("reset", () => queueMicrotask(showAllQuestions));
showAllQuestions();

function showAllQuestions() {
  for (const choice of document.querySelectorAll("[data-asks]")) showQuestions(choice);
}

function showQuestions(choice) {
  for (const questions of choice.form.querySelectorAll("[data-questions-for]")) {
    questions.hidden = questions.dataset.questionsFor !== choice.value;
  }
}

// "All of these" follows its group, and the group follows it.
document.addEventListener("change", ({ target }) => {
  const group = target.closest?.(".group");
  if (!group) return;
  const all = group.querySelector("[data-all]");
  const services = [...group.querySelectorAll("[name=service]")];
  if (target === all) for (const service of services) setChecked(service, all.checked);
  else showWhole(all, services);
});

for (const group of document.querySelectorAll(".group")) {
  showWhole(group.querySelector("[data-all]"), [...group.querySelectorAll("[name=service]")]);
}

function setChecked(box, checked) {
  if (box.checked === checked) return;
  box.checked = checked;
  box.dispatchEvent(new Event("input", { bubbles: true })); // touched: a redraw leaves it alone
}

function showWhole(all, services) {
  if (!all) return;
  const checked = services.filter((service) => service.checked).length;
  all.checked = checked === services.length;
  all.indeterminate = checked > 0 && checked < services.length;
}
