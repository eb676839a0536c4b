// A notice that comes over a screen says itself, where the screen is read aloud.

/** `notice` carries its words as `data-say-text` and the recordings of them as `data-say-clips`. */
export function sayNotice(notice) {
  const said = wordsOf(notice);
  if (said) document.dispatchEvent(new CustomEvent("lobby:say", { detail: said }));
}

/** The recordings of every notice that this page may have to show. */
export function clipsOfNotices() {
  const notices = [...document.querySelectorAll("[data-say-text]")];
  return notices.map((notice) => wordsOf(notice).clips);
}

function wordsOf({ dataset: { sayText, sayClips } }) {
  return sayText ? { text: sayText, clips: sayClips.split(" ").filter(Boolean) } : null;
}
