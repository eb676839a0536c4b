// The area for a bank card grows and shrinks under the finger, without a new page for every pixel.

const root = document.querySelector("[data-set-up]");
if (root) {
  const area = root.querySelector("[data-card-area]");
  const measure = root.querySelector("[data-measure]");
  const digits = { minimumFractionDigits: 4, maximumFractionDigits: 4 };
  const figures = new Intl.NumberFormat(document.documentElement.lang, digits);
  const field = document.querySelector("[data-width]");
  const [cardWidth, cardHeight] = root.dataset.card.split(" ").map(Number);
  const [least, most] = [Number(root.dataset.least), Number(root.dataset.most)];

  const show = (width) => {
    field.value = width;
    area.setAttribute("width", width);
    area.setAttribute("height", ((width * cardHeight) / cardWidth).toFixed(2));
    measure.textContent = measure.dataset.measure.replace("{mm}", figures.format(cardWidth / width));
  };

  // Every tap counts, also quick ones: the kiosk's own rule of one tap at a time is for customers.
  const steps = root.querySelector(".set-up__steps");
  steps.addEventListener("pointerdown", (event) => {
    const key = event.target.closest("[data-step]");
    if (key) show(Math.min(Math.max(Number(field.value) + Number(key.dataset.step), least), most));
  });
  steps.addEventListener("click", (event) => {
    const key = event.target.closest("[data-step]");
    if (!key) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.detail === 0) show(Math.min(Math.max(Number(field.value) + Number(key.dataset.step), least), most));
  });
  // The browser may bring back what a field held before the page was opened again.
  show(Number(area.getAttribute("width")));
}
