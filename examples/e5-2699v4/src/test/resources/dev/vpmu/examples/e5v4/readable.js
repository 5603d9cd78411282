// What a reader could not read, as JSON in the element #found: a label of a picture that is cut off, lies on another or is too small, a page
// that is wider than its window, and whatever it would load: its policy lets it load nothing.
const LEAST_HEIGHT = 10, LEAST_LETTER = 5, APART = 3;
const found = { pictures: 0, texts: 0, problems: [], loaded: [] };
document.addEventListener('securitypolicyviolation', violation => { found.loaded.push(violation.blockedURI); });

function label(element, words, leastHeight) {
  const toScreen = element.getScreenCTM();
  return { element, words, leastHeight, box: element.getBoundingClientRect(), toElement: toScreen.inverse(), height: element.getBBox().height * Math.hypot(toScreen.a, toScreen.b) };
}

function labels(svg) {
  const texts = [...svg.querySelectorAll('text')].filter(text => text.textContent.trim() !== '').map(text => label(text, text.textContent.trim(), LEAST_HEIGHT));
  // the plotting library draws letters as outlines, filled in black, a label a path
  const outlines = [...svg.querySelectorAll('path')].filter(path => getComputedStyle(path).fill === 'rgb(0, 0, 0)' && getComputedStyle(path).stroke === 'none');
  return texts.concat(outlines.map((path, i) => label(path, `label ${i + 1}`, LEAST_LETTER)));
}

// Whether a label has ink next to a point; a text has it all over its box.
function isInk(label, x, y) {
  if (!label.element.isPointInFill) return x >= label.box.left && x <= label.box.right && y >= label.box.top && y <= label.box.bottom;
  return [[0, 0], [APART, 0], [-APART, 0], [0, 1], [0, -1]].some(([dx, dy]) => label.element.isPointInFill(new DOMPoint(x + dx, y + dy).matrixTransform(label.toElement)));
}

function meet(one, other) {
  const left = Math.max(one.box.left, other.box.left) - APART, right = Math.min(one.box.right, other.box.right) + APART;
  const top = Math.max(one.box.top, other.box.top), bottom = Math.min(one.box.bottom, other.box.bottom);
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++)
      if (isInk(one, x, y) && isInk(other, x, y)) return true;
  return false;
}

addEventListener('load', () => {
  document.querySelectorAll('details').forEach(details => { details.open = true; });
  for (const svg of document.querySelectorAll('svg')) {
    found.pictures++;
    const name = svg.getAttribute('aria-label'), frame = svg.getBoundingClientRect(), all = labels(svg);
    found.texts += all.length;
    all.forEach((one, i) => {
      if (one.box.left < frame.left - 1 || one.box.right > frame.right + 1 || one.box.top < frame.top - 1 || one.box.bottom > frame.bottom + 1)
        found.problems.push(`${name}: '${one.words}' is cut off`);
      if (one.height < one.leastHeight) found.problems.push(`${name}: '${one.words}' is ${one.height} pixels high`);
      all.slice(i + 1).filter(other => meet(one, other)).forEach(other => found.problems.push(`${name}: '${one.words}' and '${other.words}' lie on each other`));
    });
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) found.problems.push(`the page is ${document.documentElement.scrollWidth} pixels wide, its window ${innerWidth}`);
  const element = document.createElement('pre');
  element.id = 'found';
  element.textContent = JSON.stringify(found);
  document.body.append(element);
});
