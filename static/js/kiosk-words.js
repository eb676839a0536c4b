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

/** Single characters after which, and before which, a phrase may be parted. */
const ENDS_A_PHRASE = "的", BEGINS_A_PHRASE = "或和与及让";

/** Any other single character belongs to its neighbour: 2 万|元 is no place to stop. */
function withBreaks(text, segmenter) {
  let marked = "";
  let before = false;
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const isWord = isWordLike && segment.length > 1;
    if (before && (isWord || BEGINS_A_PHRASE.includes(segment))) marked += ZERO_WIDTH_SPACE;
    marked += segment;
    before = isWord || ENDS_A_PHRASE.includes(segment);
  }
  return marked;
}
