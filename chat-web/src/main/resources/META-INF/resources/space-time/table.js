// The same as a table, for who would rather read: one row for each event, a page at a time.
import { concurrentWith } from './causality.js';
import { html } from './svg.js';

const PAGE = 100;

export class EventTable {
  /** @param select what choosing an event does */
  constructor(select) {
    this.select = select;
    this.page = 0;
    this.element = html('div', { class: 'st-table', tabindex: '0', role: 'region', 'aria-label': 'Events as a table' });
  }

  show(model) {
    this.model = model;
    const pages = Math.max(1, Math.ceil(model.events.length / PAGE));
    this.page = Math.min(this.page, pages - 1);
    const events = model.events.slice(this.page * PAGE, (this.page + 1) * PAGE);
    const head = ['Lamport time', 'event', 'sent at', 'its author knew up to', 'concurrent with', 'received by (≥: at the earliest)'];
    const turn = (label, by, off) => {
      const button = html('button', { type: 'button', disabled: off }, label);
      button.addEventListener('click', () => {
        this.page += by;
        this.show(model);
      });
      return button;
    };
    this.element.replaceChildren(
      ...(pages > 1 ? [html('p', {}, turn('Earlier', -1, this.page === 0), ` page ${this.page + 1} of ${pages} `, turn('Later', 1, this.page === pages - 1))] : []),
      html('table', {}, html('caption', {}, 'The events in their order'),
        html('thead', {}, html('tr', {}, ...head.map(name => html('th', { scope: 'col' }, name)))),
        html('tbody', {}, ...events.map(id => this.#row(id)))));
  }

  #row(id) {
    const { model } = this;
    const step = model.steps[id];
    const index = model.talkOf.get(id);
    const said = index === undefined ? null : model.talk[index];
    const go = html('button', { type: 'button', class: 'st-link' }, String(step.time));
    go.addEventListener('click', () => this.select(id));
    const copies = [...model.outgoing.of(id)].map(message => model.messages[message]).filter(({ kind }) => kind === 'broadcast')
      .map(({ to }) => model.steps[to]);
    return html('tr', {}, html('th', { scope: 'row' }, go),
      html('td', {}, step.summary),
      html('td', {}, said !== null && said.sent > 0 ? String(said.sent) : ''),
      html('td', {}, said !== null && said.knew > 0 && said.knew < Infinity ? (said.certain ? '' : 'at most ') + said.knew : ''),
      html('td', {}, index === undefined ? '' : concurrentWith(model, index).map(other => model.talk[other].time).join(', ')),
      html('td', {}, copies.map(copy => `${model.lifelines[copy.lifeline].shown} at ${copy.known === 'at-least' ? '≥ ' : ''}${copy.time}`).join(', ')));
  }
}
