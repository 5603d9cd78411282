// What a reader could not read, as JSON in the element #found: text of a picture that is cut off, lies on other text or is too small, a page
// that is wider than its window, and whatever it would load: its policy lets it load nothing.
const found = { pictures: 0, texts: 0, problems: [], loaded: [] };
document.addEventListener('securitypolicyviolation', violation => { found.loaded.push(violation.blockedURI); });
addEventListener('load', () => {
  const LEAST_HEIGHT = 10, OVERLAP = 2;
  document.querySelectorAll('details').forEach(details => { details.open = true; });
  for (const svg of document.querySelectorAll('svg')) {
    found.pictures++;
    const name = svg.getAttribute('aria-label'), frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].filter(text => text.textContent.trim() !== '')
      .map(text => ({ words: text.textContent.trim(), box: text.getBoundingClientRect(), turned: text.getScreenCTM().b !== 0, height: text.getBBox().height * Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b) }));
    found.texts += texts.length;
    texts.forEach((text, i) => {
      const box = text.box;
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        found.problems.push(`${name}: '${text.words}' is cut off`);
      if (text.height < LEAST_HEIGHT) found.problems.push(`${name}: '${text.words}' is ${text.height} pixels high`);
      for (const other of texts.slice(i + 1)) {
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (across > OVERLAP && down > OVERLAP && !(text.turned && other.turned)) found.problems.push(`${name}: '${text.words}' and '${other.words}' lie on each other`);
      }
    });
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) found.problems.push(`the page is ${document.documentElement.scrollWidth} pixels wide, its window ${innerWidth}`);
  const element = document.createElement('pre');
  element.id = 'found';
  element.textContent = JSON.stringify(found);
  document.body.append(element);
});
