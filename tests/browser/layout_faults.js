// What is wrong with the layout of a page, as sentences; an empty list where nothing is.
() => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push(`The page is ${root.scrollWidth} px wide.`);

  const number = document.querySelector(".hero-number");
  const lineHeight = number && parseFloat(getComputedStyle(number).lineHeight);
  // "RFC 9110" may have a line for each word.
  if (number && number.clientHeight > lineHeight * number.textContent.split(" ").length + 1)
    faults.push(`The big number is ${number.clientHeight} px high, a line of it ${lineHeight} px.`);

  const linesOf = (range) => [...range.getClientRects()].filter((line) => line.width > 0);
  const lines = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const element = text.parentElement;
    if (!text.data.trim() || !element.checkVisibility() || element.closest(".skip-link, option")) continue;

    const ancestors = [];
    for (let ancestor = element; ancestor; ancestor = ancestor.parentElement) ancestors.push(ancestor);
    const styles = new Map(ancestors.map((ancestor) => [ancestor, getComputedStyle(ancestor)]));
    if (ancestors.some((ancestor) => styles.get(ancestor).clipPath !== "none")) continue; // visually hidden

    const range = document.createRange();
    range.selectNodeContents(text);
    const style = styles.get(element);
    const name = `${element.tagName}.${element.getAttribute("class") ?? ""} “${text.data.trim().slice(0, 40)}”`;

    // Names of files and identifiers may be longer than a line; words are not.
    if (linesOf(range).length > 1 && !element.closest("code, pre")) {
      for (const word of text.data.matchAll(/(?<![\w/\\.:])[\p{L}\p{N}]+(?![\w/\\]|[.:]\w)/gu)) {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        if (linesOf(range).length > 1) faults.push(`“${word[0]}” is broken in ${name}`);
      }
      range.selectNodeContents(text);
    }

    const scroller = ancestors.find((ancestor) => ["auto", "scroll"].includes(styles.get(ancestor).overflowX));
    const box = element.ownerSVGElement
      ? element.parentElement.querySelector("rect") ?? element.ownerSVGElement
      : ancestors.find((ancestor) => !["inline", "contents"].includes(styles.get(ancestor).display));
    const size = parseFloat(style.fontSize);
    for (const { left, right, top, bottom } of linesOf(range)) {
      // The rectangle of a line is as high as the font wants; the letters fill about 0.7 em of its middle.
      const middle = (top + bottom) / 2;
      const line = { name, left, right, top: middle - 0.35 * size, bottom: middle + 0.35 * size };
      if (!scroller) {
        const outer = box.getBoundingClientRect();
        if (left < outer.left - 1 || right > outer.right + 1 || line.top < outer.top - 1 || line.bottom > outer.bottom + 1)
          faults.push(`${name} sticks out of its ${box.tagName}`);
        lines.push(line);
      }
    }
  }

  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, place) => {
    for (const other of lines.slice(place + 1)) {
      if (other.top >= one.bottom - 1) break;
      if (other.left < one.right - 1 && one.left < other.right - 1) faults.push(`${one.name} lies over ${other.name}`);
    }
  });
  return faults;
}
