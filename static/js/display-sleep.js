// Notices that the page was asleep: a suspended machine, a frozen tab, a clock that was set.

const TICK_MS = 1_000;
const GAP_MS = 5_000; // as long as a screen may be silent before it calls itself stale

/** `performance.now()` may stand still while the machine sleeps, so the wall clock is asked. */
export function onWaking(act) {
  let ranAt = Date.now();
  const look = () => {
    const gap = Math.abs(Date.now() - ranAt);
    ranAt = Date.now();
    if (gap > GAP_MS) act();
  };
  setInterval(look, TICK_MS);
  document.addEventListener("resume", look);
  document.addEventListener("lobby:call", look, { capture: true });
}
