// The names over the columns; they stay in view.
import { authorClass } from './colours.js';
import { html } from './svg.js';

export class Names {
  height = 32;

  constructor() {
    this.element = html('div', { class: 'st-names', 'aria-hidden': 'true' });
  }

  /** @param zoom pixels of the screen to one of the layout */
  show(model, layout, zoom = 1) {
    const spacing = layout.spacing * zoom;
    const tilted = spacing < 64 && layout.order.some(id => model.lifelines[id].shown.length * 7.2 > spacing - 6);
    this.height = tilted ? 84 : 32;
    this.element.classList.toggle('tilted', tilted);
    this.element.style.width = `${layout.width * zoom}px`;
    this.element.replaceChildren(...layout.order.map(id => {
      const { shown, name, role } = model.lifelines[id];
      const label = html('span', { class: role === 'service' ? 'st-name service' : `st-name ${authorClass(name)}`, title: shown }, shown);
      label.style.left = `${layout.x[id] * zoom}px`;
      if (!tilted) label.style.maxWidth = `${role === 'service' ? roomOfService(model, layout, spacing) : spacing - 4}px`;
      return label;
    }), (() => {
      const label = html('span', { class: 'st-name st-order' }, 'events in order');
      label.style.left = `${layout.notesStart * zoom}px`;
      return label;
    })());
  }
}

const LETTER = 7.6; // px, about
const SERVICE_MOST = 150; // px

/** The service has the longest name, as a rule: it may reach over its neighbours’ columns as far as their names leave room. */
function roomOfService(model, layout, spacing) {
  const place = layout.order.indexOf(model.service);
  const beside = [place - 1, place + 1].map(i => layout.order[i]).filter(id => id !== undefined)
    .map(id => Math.min(spacing - 4, model.lifelines[id].shown.length * LETTER));
  return Math.min(SERVICE_MOST, Math.max(spacing + 14, 2 * spacing - Math.max(0, ...beside) - 8));
}
