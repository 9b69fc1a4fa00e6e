// The conversation on paper: parts as high as a page, each with the names over it.
import { Layout } from './layout.js';
import { Names } from './names.js';
import { Picture } from './picture.js';
import { html } from './svg.js';

const PAGE_WIDTH = 690; // A4 and Letter, with their usual margins
const PAGE_ROWS = 38;
const MOST_PAGES = 60;

/** Elements to print; at most 60 pages, and then it says so. */
export function printed(model, hidden) {
  const layout = new Layout(model, { width: PAGE_WIDTH, hidden });
  const pages = html('div', { class: 'st-print' });
  let row = 0;
  for (let page = 0; page < MOST_PAGES && row < layout.rows.length; page++) {
    const top = layout.rows[row].y - 14;
    let lines = 0;
    while (row < layout.rows.length && lines < PAGE_ROWS) lines += layout.rows[row++].lines;
    const bottom = row < layout.rows.length ? layout.rows[row].y - 10 : layout.height;
    const names = new Names();
    names.show(model, layout);
    const picture = new Picture(model, layout);
    picture.show(top, bottom);
    picture.element.setAttribute('viewBox', `0 ${top} ${layout.width} ${bottom - top}`);
    picture.element.setAttribute('height', String(bottom - top));
    picture.element.querySelectorAll('[id]').forEach(element => element.removeAttribute('id'));
    pages.append(html('section', {}, names.element, picture.element));
  }
  if (row < layout.rows.length) pages.append(html('p', {}, `Printed up to Lamport time ${layout.rows[row - 1].time} of ${layout.rows[layout.rows.length - 1].time}.`));
  return pages;
}
