// What style sheets cannot ask in browsers as old as Chromium 87: whether the frame stands upright,
// what stands in it, and how large a hundredth of the panel is.

const frame = document.querySelector(".frame");
const wall = frame.querySelector(".wall");
const isTurned = document.body.classList.contains("display--turned");
const upright = matchMedia("(orientation: portrait)");

export function mark() {
  wall.toggleAttribute("data-listed", wall.querySelector(".last:not([hidden])") !== null);
  wall.toggleAttribute("data-noticed", wall.querySelector(".notice-line") !== null);
  wall.toggleAttribute("data-lined", wall.querySelector(".line") !== null);
}

function turn() {
  frame.toggleAttribute("data-upright", upright.matches !== isTurned);
}

/** Hidden it has no size, and keeps the last one. */
function measure(entries) {
  for (const { target, contentRect } of entries) {
    if (contentRect.width === 0) continue;
    target.style.setProperty("--panel-w", `${contentRect.width / 100}px`);
    target.style.setProperty("--panel-h", `${contentRect.height / 100}px`);
  }
}

turn();
mark();
upright.addEventListener("change", turn);
document.addEventListener("lobby:redrawn", mark);
const sizes = new ResizeObserver(measure);
for (const panel of wall.querySelectorAll(".newest, .slides")) sizes.observe(panel);
