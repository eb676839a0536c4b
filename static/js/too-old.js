// One clear sentence where the browser is older than Chromium 87, instead of a broken page. Written
// in the JavaScript of 2009, for whatever reads it.

(function () {
  "use strict";

  // `inset` came with Chromium 87, Firefox 66 and Safari 14.1.
  if (window.CSS && CSS.supports && CSS.supports("inset", "0")) return;

  document.addEventListener("DOMContentLoaded", function () {
    var words = document.querySelector("[data-too-old]");
    var body = document.body;
    if (!words) return;
    while (body.firstChild) body.removeChild(body.firstChild);
    body.appendChild(words);
    words.removeAttribute("hidden");
    words.style.cssText = "max-width: 40em; margin: 0 auto; padding: 2em; font: 28px/1.5 sans-serif";
    body.style.cssText = "display: block; overflow: auto; background: #fffdf8; color: #14202b";
  });
})();
