// Elements from text. Whatever people wrote becomes text, never markup.

/** An element with attributes and children; a child that is a string is text, and those that are undefined are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      made.setAttribute(key, value === true ? '' : value);
    }
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** The only element that a selector finds. */
export function find(selector) {
  return document.querySelector(selector);
}

/** Shows or hides an element. */
export function show(shown, ...elements) {
  elements.forEach((one) => (one.hidden = !shown));
}
