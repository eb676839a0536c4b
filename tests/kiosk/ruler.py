"""What is measured on a page of the customer's phone: nothing too small, cut off or too fine."""

MEASURE = """() => {
  const found = [];
  const size = (element) => element.getBoundingClientRect();
  const shown = (element) => element.checkVisibility() && size(element).width > 1;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  if (document.documentElement.scrollWidth > innerWidth) found.push("scrolls sideways");
  for (const target of all("a, button, summary, select")) {
    const { width, height } = size(target);
    if (width < 44 || height < 44) found.push(`small: ${target.outerHTML} ${width} ${height}`);
  }
  for (const element of all("body *")) {
    const speaks = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    const px = parseFloat(getComputedStyle(element).fontSize);
    if (speaks && px < 16) found.push(`fine print: ${element.outerHTML}`);
    if (speaks && size(element).right > innerWidth) found.push(`cut off: ${element.outerHTML}`);
  }
  return found;
}"""
