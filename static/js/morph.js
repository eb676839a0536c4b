// Gives a region its new HTML without disturbing the person who is using it.

import { Idiomorph } from "../vendor/idiomorph.esm.js";
import { fillKeys } from "./keys.js";

const touched = new WeakSet();
const shown = new WeakMap();

document.addEventListener("input", ({ target }) => {
  for (const field of choiceOf(target)) touched.add(field);
});
document.addEventListener("reset", (event) => {
  for (const field of event.target.elements) touched.delete(field);
});

/** All radio buttons of the choice: one of them, drawn anew as chosen, would undo it. */
function choiceOf(field) {
  if (field.type !== "radio" || !field.form) return [field];
  return [...field.form.elements].filter((other) => other.type === "radio" && other.name === field.name);
}

export function redraw(region, html) {
  if (shown.get(region) === html) return;
  shown.set(region, html);
  const purposes = purposesIn(region);
  Idiomorph.morph(region, html, {
    morphStyle: "innerHTML",
    callbacks: {
      beforeNodeMorphed: (old, fresh) => mayMorph(old, fresh, purposes.get(old)),
      beforeAttributeUpdated: mayUpdate,
    },
  });
  fillKeys(region);
}

/** What each field is for before the redraw: a form changes before its fields do. */
function purposesIn(region) {
  const fields = [...region.querySelectorAll("input, textarea, select")];
  return new Map(fields.map((field) => [field, purpose(field)]));
}

/** A field that a person has touched, and the key of an act, stay while their form is the same
    form. In another form (the next ticket's) they would be somebody else's. */
function mayMorph(old, fresh, purposeOfOld) {
  if (purposeOfOld === undefined) return true;
  const worthKeeping = touched.has(old) || old.matches("input[data-fresh-key]");
  if (worthKeeping && purposeOfOld === purpose(fresh)) return false;
  touched.delete(old);
  return true;
}

/** Where the field's form leads and whom it is about: its address and its hidden fields. */
export function purpose(field) {
  const form = field.closest("form");
  const hidden = form?.querySelectorAll("input[type=hidden]:not([name=key])") ?? [];
  const about = [...hidden].map((other) => `${other.name}=${other.value}`);
  return [form?.getAttribute("action"), ...about, field.getAttribute("name")].join(" ");
}

/** Whether a fold or a dialog is open is the person's affair, not the server's. */
function mayUpdate(attribute, element) {
  return !(attribute === "open" && element.matches("details, dialog"));
}
