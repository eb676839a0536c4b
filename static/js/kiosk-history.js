// Back and Forward would show what another person chose, or their number: they lead home instead.
// No module, so that it runs before anything of the page can be seen.

(function leadHome() {
  const entries = performance.getEntriesByType("navigation");
  if (!entries.length || entries[0].type !== "back_forward") return;
  document.documentElement.hidden = true;
  location.replace("/kiosk");
})();
