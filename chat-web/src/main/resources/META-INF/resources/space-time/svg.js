// Makes SVG elements. Text of people becomes text, never markup.

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** An element with attributes and children; a string is a child, too. */
export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, typeof value === 'number' ? String(Math.round(value * 10) / 10) : value);
  }
  made.append(...children);
  return made;
}

/** An HTML element with properties and children. */
export function html(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made && typeof value !== 'string') made[key] = value;
    else if (key === 'class') made.className = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const HEAD = 8;
const HALF = 3.2;

/** A straight arrow. */
export function arrow(x1, y1, x2, y2) {
  const length = Math.max(0.01, Math.hypot(x2 - x1, y2 - y1));
  const ux = (x2 - x1) / length;
  const uy = (y2 - y1) / length;
  const bx = x2 - ux * HEAD;
  const by = y2 - uy * HEAD;
  return [
    svg('line', { class: 'shaft', x1, y1, x2: bx, y2: by }),
    svg('path', { class: 'head', d: path([bx - uy * HALF, by + ux * HALF], [x2, y2], [bx + uy * HALF, by - ux * HALF]) + 'Z' }),
  ];
}

const STUB = 26;
const STUB_DROP = 11;

/** The end of an arrow that comes from one side, from above, or that goes there, downwards; it fades out. */
export function stub(x, y, side, comes, clear) {
  const start = x + side * clear;
  const drop = comes ? -STUB_DROP : STUB_DROP;
  const at = part => ({ x: start + side * STUB * part, y: y + drop * part });
  const shaft = [0, 1, 2].map(third => {
    const [from, to] = [at(third / 3), at((third + 1) / 3)];
    return svg('line', { class: 'shaft', 'stroke-opacity': 1 - 0.3 * third, x1: from.x, y1: from.y, x2: to.x, y2: to.y });
  });
  if (!comes) return shaft;
  const [, head] = arrow(at(1).x, at(1).y, start, y);
  return [...shaft, head];
}

/** A line with a cross at its end: it did not arrive. */
export function lostArrow(x1, y1, x2, y2) {
  return [svg('line', { class: 'shaft', x1, y1, x2, y2 }), cross(x2, y2, 5)];
}

export function cross(x, y, half) {
  return svg('path', { class: 'cross', d: `${path([x - half, y - half], [x + half, y + half])}${path([x - half, y + half], [x + half, y - half])}` });
}

export function path(...points) {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)},${y.toFixed(1)}`).join('');
}

let ruler = null;
const widths = new Map();

/** The width of a text. */
export function widthOf(text, font) {
  ruler ??= document.createElement('canvas').getContext('2d');
  ruler.font = font;
  if (widths.size > 5000) widths.clear();
  const key = font + text;
  if (!widths.has(key)) widths.set(key, ruler.measureText(text).width);
  return widths.get(key);
}

/** A text that is not wider than there is room, with an ellipsis if it is cut. */
export function fitted(text, room, font) {
  const width = part => widthOf(part, font);
  if (room <= 0) return '';
  if (width(text) <= room) return text;
  const letters = Array.from(text);
  let low = 0;
  let high = Math.min(letters.length, Math.ceil(room));
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (width(letters.slice(0, middle).join('') + '…') <= room) low = middle;
    else high = middle - 1;
  }
  return letters.slice(0, low).join('') + '…';
}
