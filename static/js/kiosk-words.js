// Lets lines of Chinese break between words only: the style sheet keeps all characters together, and
// here each end of a word becomes a place where a line may end.

const ZERO_WIDTH_SPACE = "\u200b";

export function markWords() {
  if (!document.documentElement.lang.startsWith("zh") || !("Segmenter" in Intl)) return;
  const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
  const page = document.querySelector(".kiosk__page");
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const marked = withBreaks(text.data.split(ZERO_WIDTH_SPACE).join(""), segmenter);
    if (marked !== text.data) text.data = marked;
  }
}

/** A single character belongs to its neighbour: 2 万|元 is no place to stop. */
function withBreaks(text, segmenter) {
  let marked = "";
  let before = null;
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const isWord = isWordLike && segment.length > 1;
    if (isWord && before) marked += ZERO_WIDTH_SPACE;
    marked += segment;
    before = isWord;
  }
  return marked;
}
