// The bar over the picture: play, step and scrub through Lamport time, jump, choose participants, read a table.
import { tame } from '../chat/text.js';
import { keepingFocus } from './keys.js';
import { html } from './svg.js';

const PACE = 650;
const MOST_VIOLATIONS = 200;
const JUMPS = {
  concurrent: 'Next concurrent messages',
  violation: 'Next violation: what breaks a rule',
  crash: 'Next crash, of a participant or the service',
  loss: 'Next request that was lost or refused',
};

export class Controls {
  /**
   * @param act `go(row)`, `jump(kind)`, `find(words, back)`, which says what it has found, `zoom(by)`, `select(step)`,
   * `table(boolean)`, `filter(lifeline, shown)`
   */
  constructor(act) {
    this.act = act;
    this.row = 0;
    this.last = 0;
    const button = (text, label, click) => {
      const made = html('button', { type: 'button', title: label, 'aria-label': label }, text);
      made.addEventListener('click', click);
      return made;
    };
    this.play = button('▶', 'Play', () => this.timer === undefined ? this.#start() : this.stop());
    this.slider = html('input', { type: 'range', min: '0', max: '0', step: '1', class: 'st-slider', 'aria-label': 'Lamport time' });
    this.slider.addEventListener('input', () => {
      this.stop();
      act.go(Number(this.slider.value));
    });
    this.time = html('span', { class: 'st-now' });
    this.jumps = Object.entries(JUMPS).map(([kind, label]) => ({ kind, element: button(`Next ${kind}`, label, () => act.jump(kind)) }));
    this.violations = html('details', { class: 'st-menu st-violations', hidden: true }, html('summary', {}), html('ol'));
    this.smaller = button('−', 'Smaller', () => act.zoom(-1));
    this.larger = button('+', 'Larger', () => act.zoom(1));
    this.table = button('Table', 'Table of the events', () => act.table(!this.tableShown));
    this.filter = html('div', { class: 'st-filter' });
    this.status = html('p', { class: 'st-status', role: 'status', 'aria-live': 'polite' });
    this.element = html('div', { class: 'st-bar' },
      html('div', { class: 'st-buttons' },
        button('◀', 'One Lamport time back', () => this.#step(-1)), this.play, button('▷', 'One Lamport time on', () => this.#step(1)),
        this.slider, this.time, ...this.jumps.map(({ element }) => element), this.violations, this.#search(),
        html('span', { class: 'st-zoom' }, this.smaller, this.larger), this.table,
        html('span', { class: 'st-menus' },
          html('details', { class: 'st-menu' }, html('summary', {}, 'Participants'), this.filter),
          html('details', { class: 'st-menu' }, html('summary', {}, 'Signs and keys'), legend()))),
      this.status);
  }

  /** A field for words; Enter goes to the next event that has them, Shift and Enter to the one before. */
  #search() {
    const field = html('input', { type: 'search', class: 'st-find', placeholder: 'Find', 'aria-label': 'Find words, or a Lamport time', maxlength: '128' });
    const found = html('span', { class: 'st-found', role: 'status' });
    field.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.isComposing || field.value.trim() === '') return;
      event.preventDefault();
      found.textContent = this.act.find(field.value, event.shiftKey);
    });
    field.addEventListener('input', () => { found.textContent = ''; });
    return html('span', { class: 'st-search' }, field, found);
  }

  /** Takes where one can go, by kind. */
  offer(finds) {
    for (const { kind, element } of this.jumps) element.hidden = !finds.has(kind);
  }

  /** Takes a conversation. */
  show(model, hidden) {
    this.#showViolations(model.violations);
    const people = model.lifelines.filter(({ role }) => role === 'participant');
    const names = people.map(({ id, name }) => `${id} ${name}`).join('\n');
    if (this.named === names) return;
    this.named = names;
    keepingFocus(this.filter, () => this.filter.replaceChildren(...people.map(({ id, shown }) => {
      const box = html('input', { type: 'checkbox', 'data-lifeline': String(id) });
      box.checked = !hidden.has(id);
      box.addEventListener('change', () => this.act.filter(id, box.checked));
      return html('label', {}, box, ' ', shown);
    })));
  }

  #showViolations(violations) {
    const [summary, list] = this.violations.children;
    this.violations.hidden = violations.length === 0;
    summary.textContent = violations.length === 1 ? '1 violation' : `${violations.length} violations`;
    const items = violations.slice(0, MOST_VIOLATIONS).map(({ step, what }) => {
      if (!(step >= 0)) return html('li', {}, tame(what));
      const link = html('button', { type: 'button', class: 'st-link' }, tame(what));
      link.addEventListener('click', () => {
        this.violations.open = false;
        this.act.select(step);
      });
      return html('li', {}, link);
    });
    if (violations.length > MOST_VIOLATIONS) items.push(html('li', {}, `and ${violations.length - MOST_VIOLATIONS} more`));
    keepingFocus(list, () => list.replaceChildren(...items));
  }

  /** How large the picture is, and whether it can be smaller or larger. */
  zoomIs(zoom, canBeSmaller, canBeLarger) {
    this.smaller.disabled = !canBeSmaller;
    this.larger.disabled = !canBeLarger;
    this.say(`${Math.round(zoom * 100)} %`);
  }

  /** The row that is shown as now. */
  at(row, layout) {
    this.row = row;
    this.last = Math.max(0, layout.rows.length - 1);
    this.slider.max = String(this.last);
    this.slider.value = String(Math.max(0, row));
    const time = layout.rows[Math.max(0, row)]?.time ?? 0;
    this.slider.setAttribute('aria-valuetext', `Lamport time ${time}`);
    this.time.textContent = `L ${time}`;
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  tableIs(shown) {
    this.tableShown = shown;
    this.table.setAttribute('aria-pressed', String(shown));
  }

  #step(by) {
    this.stop();
    this.act.go(this.row + by);
  }

  #start() {
    this.#face('❚❚', 'Pause');
    let row = this.row >= this.last ? 0 : this.row;
    this.act.go(row);
    this.timer = setInterval(() => {
      if (row >= this.last) this.stop();
      else this.act.go(++row);
    }, PACE);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    this.#face('▶', 'Play');
  }

  #face(text, label) {
    this.play.textContent = text;
    this.play.setAttribute('aria-label', label);
    this.play.title = label;
  }
}

function legend() {
  const rows = [
    ['●', 'a participant sends or receives; the number beside it is its Lamport clock after that'],
    ['○ ≥', 'a receipt that nobody told: its time is this or later; without ≥, a later request shows it'],
    ['(42)', 'a step of the service: filled for a message, outlined for a join, dashed for a leave; squared: somebody begins to listen'],
    ['⊏', 'concurrent messages: no author had received the other’s before sending'],
    ['—✕', 'a request without an answer: nobody knows whether it arrived; the same message is tied to its repeats, and many in a row are folded (× 40)'],
    ['⇠', 'the other end of an arrow is outside of the part that is shown'],
    ['▽', 'everything so far has been received'],
    ['⊗', 'the service refused a request, and said why'],
    ['▬', 'a line to the service ended; the bar beside the lifeline is dashed while nothing is heard'],
    ['✕', 'a process is gone without having left'],
    ['Keys', 'Tab to the picture: up and down go through Lamport time. Tab to a step: arrows go along and across lifelines, Enter chooses it, Enter on another one compares. Escape clears. + and − zoom, 0 ends that.'],
  ];
  return html('dl', { class: 'st-legend' }, ...rows.flatMap(([sign, meaning]) => [html('dt', {}, sign), html('dd', {}, meaning)]));
}
