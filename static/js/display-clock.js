// The clock on the wall goes on between frames, by the branch's time and not by the screen's own.

const DAY_S = 86_400;
const BEHIND_A_MINUTE_S = 60 + 6; // a painted minute may be this old before the next one comes
const TICK_MS = 1_000;

const wall = document.querySelector("lobby-live");
let second_of_day = Number(wall.dataset.secondOfDay);
let set_at = performance.now();

document.addEventListener("lobby:redrawn", () => {
  correct();
  draw();
});
setInterval(draw, TICK_MS);

/** The branch's day as `2026-03-02`; null from midnight until the server has told the new one. */
export function branchDay() {
  const { day, minuteOfDay } = face().dataset;
  const isTomorrow = now() + DAY_S / 2 < Number(minuteOfDay) * 60;
  return isTomorrow ? null : day;
}

/** The server's minute is the truth, to which the seconds counted here may only add. */
function correct() {
  const painted = Number(face().dataset.minuteOfDay) * 60;
  const ahead = modulo(now() - painted + DAY_S / 2) - DAY_S / 2;
  if (ahead >= 0 && ahead < BEHIND_A_MINUTE_S) return;
  second_of_day = painted;
  set_at = performance.now();
}

function draw() {
  const minute = Math.floor(now() / 60);
  const text = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  if (face().textContent !== text) face().textContent = text;
}

function face() {
  return wall.querySelector("[data-minute-of-day]");
}

function now() {
  return modulo(second_of_day + (performance.now() - set_at) / 1000);
}

function modulo(second) {
  return ((second % DAY_S) + DAY_S) % DAY_S;
}

function two(number) {
  return String(number).padStart(2, "0");
}
