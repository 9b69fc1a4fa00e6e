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
      if (!tilted) label.style.maxWidth = `${spacing + (role === 'service' ? 14 : -4)}px`;
      return label;
    }), (() => {
      const label = html('span', { class: 'st-name st-order' }, 'events in order');
      label.style.left = `${layout.notesStart * zoom}px`;
      return label;
    })());
  }
}
