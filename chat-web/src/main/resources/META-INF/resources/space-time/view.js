// The space-time view: a picture that is scrolled, played and asked, with its explanations beside it.
import { Address } from './address.js';
import { Choice } from './choice.js';
import { Controls } from './controls.js';
import { Display } from './display.js';
import { Journey } from './journey.js';
import { keepingFocus, stepKeys, timeKeys } from './keys.js';
import { LiveConversation } from './live.js';
import { Model } from './model.js';
import { Panel } from './panel.js';
import { listenToPointer } from './pointer.js';
import { printed } from './print.js';
import { Sheet } from './sheet.js';
import { html } from './svg.js';
import { EventTable } from './table.js';

const EMPTY = { lifelines: [], steps: [], messages: [], window: { from: 0, to: 0, first: 0, last: 0 } };

/**
 * Shows a space-time view in an element, which gives it its size.
 *
 * Options: `data`, a whole conversation in the shape of `chitty-chat/space-time`; or `self` and `service`, the names of who looks
 * on and of the service, and then `add` tells what happens; `links`: whether what is chosen is kept in the address (`#L42`);
 * `wholePage`: whether keys that nothing else takes are for the view.
 *
 * `add` takes one item, as soon as it is known:
 * `{kind: 'sent', lifeline, time, message: {id, type, text}}`, `{kind: 'replied', lifeline, time, message, lamportTime}`,
 * `{kind: 'failed', lifeline, time, message, reason, refused}`, `{kind: 'received', lifeline, time, event}`,
 * `{kind: 'caught-up', lifeline, time, lamportTime}`, `{kind: 'event', time, event}`, and
 * `{kind: 'lost-line' | 'resumed' | 'restarted', lifeline, wall}`. `restarted` means a new log, whose Lamport times begin anew,
 * unless it has `sameLog: true`.
 */
export function createTimeView(element, options = {}) {
  return new TimeView(element, options);
}

class TimeView {
  constructor(element, { data, self = '', service, links = true, wholePage = false }) {
    this.address = new Address(links);
    this.live = data === undefined ? new LiveConversation({ self, service }) : null;
    this.leftOut = new Set(); // names: numbers change when a conversation goes on
    this.choice = new Choice();
    this.unfolded = false;
    this.#build(element);
    this.setData(data ?? EMPTY);
    this.#listen(wholePage);
  }

  #build(element) {
    this.sheet = new Sheet();
    this.controls = new Controls({
      go: row => this.journey.go(row),
      jump: kind => this.journey.jump(kind),
      find: (query, back) => this.journey.find(query, back),
      zoom: by => this.journey.zoom(by),
      select: id => this.select(id),
      table: on => this.#showTable(on),
      filter: (lifeline, shown) => this.#filter(lifeline, shown),
    });
    this.table = new EventTable(id => {
      this.#showTable(false);
      this.select(id);
    });
    this.table.element.hidden = true;
    this.panel = new Panel({
      select: id => this.select(id),
      compare: (one, other) => this.select(one, other),
      bySteps: on => {
        this.choice.bySteps = on;
        this.show();
      },
    });
    this.root = html('div', { class: 'space-time' }, this.controls.element, html('div', { class: 'st-body' },
      html('div', { class: 'st-picture' }, this.sheet.scroller, this.sheet.overview.element, this.table.element), this.panel.element));
    this.display = new Display(this);
    this.journey = new Journey(this);
    element.replaceChildren(this.root);
  }

  /** Shows another conversation, or a longer one. */
  setData(data) {
    const { hasFocus } = this.sheet;
    const before = this.model;
    this.model = new Model(data);
    this.panel.model = this.model;
    if (before !== undefined) this.choice.carry(before, this.model);
    keepingFocus(this.panel.element, () => {
      this.lay();
      this.controls.show(this.model, this.hidden);
      this.show();
    });
    if (!this.table.element.hidden) keepingFocus(this.table.element, () => this.table.show(this.model));
    if (hasFocus) this.sheet.focus(this.choice.focused);
    this.#follow(this.address.begin(this.model));
  }

  /** Takes what happened, and draws it soon: many items cost one drawing. */
  add(item) {
    this.live.add(item);
    if (this.waiting !== undefined) return;
    this.waiting = setTimeout(() => requestAnimationFrame(() => this.refresh()), this.pause ?? 50);
  }

  /** Draws what was added; a hidden view waits until it is shown. */
  refresh() {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    if (this.live === null || this.root.clientHeight === 0) return;
    const begin = performance.now();
    const follows = this.sheet.isAtEnd && this.choice.now === Infinity && this.choice.first < 0;
    this.setData(this.live.data());
    if (follows) this.sheet.scrollTo(this.sheet.layout.height);
    this.pause = Math.min(1000, Math.max(50, 8 * (performance.now() - begin)));
  }

  /** The own name, once it is known. */
  setSelf(name) {
    this.live?.setSelf(name);
  }

  /** Chooses a step, or two. */
  select(first, second = -1) {
    this.choice.set(first, second);
    this.controls.stop();
    if (this.choice.chosen.some(id => this.sheet.layout.folded[id] === 1)) {
      this.unfolded = true;
      this.lay();
    }
    for (const id of [second, first]) if (id >= 0) this.sheet.reveal(id);
    this.choice.focused = first;
    this.#changed();
  }

  clear() {
    this.choice.clear();
    this.controls.stop();
    this.#changed();
  }

  /** A first step, and then a second one to compare it with. */
  #choose(id) {
    const { first, second } = this.choice;
    if (first >= 0 && second < 0 && id !== first) this.select(first, id);
    else if (id === first && second < 0) this.clear();
    else this.select(id);
  }

  /** The lifelines that are left out. */
  get hidden() {
    return new Set(this.model.lifelines.filter(({ name }) => this.leftOut.has(name)).map(({ id }) => id));
  }

  /** Lays out anew what is shown, and offers what there is to find in it. */
  lay() {
    this.sheet.lay(this.model, { hidden: this.hidden, unfolded: this.unfolded });
    this.controls.offer(this.journey.finds());
  }

  /** Shows what is chosen. */
  show() {
    this.display.show(this.model, this.choice);
  }

  #changed() {
    this.show();
    this.address.keep(this.model, this.choice.chosen);
  }

  #follow(ids) {
    if (ids.length > 0) this.select(...ids);
  }

  #filter(lifeline, shown) {
    const { name } = this.model.lifelines[lifeline];
    if (shown) this.leftOut.delete(name);
    else this.leftOut.add(name);
    const { hidden } = this;
    if (this.choice.chosen.some(id => hidden.has(this.model.steps[id].lifeline))) this.choice.clear();
    this.choice.pointed = -1;
    this.lay();
    this.show();
  }

  #showTable(on) {
    this.table.element.hidden = !on;
    this.sheet.scroller.hidden = on;
    this.controls.tableIs(on);
    if (on) {
      this.sheet.overview.element.hidden = true;
      this.table.show(this.model);
    } else {
      this.lay();
      this.show();
    }
  }

  #listen(wholePage) {
    const { content, scroller } = this.sheet;
    listenToPointer(this.sheet, {
      choose: id => this.#choose(id),
      compare: (one, other) => this.select(one, other),
      clear: () => this.clear(),
      point: id => this.#point(id),
      zoom: by => this.journey.zoom(by),
    });
    content.addEventListener('focusin', event => {
      this.choice.focused = Number(event.target.dataset.step ?? -1);
      this.#point(this.choice.focused);
      this.sheet.rove(this.choice.focused);
    });
    content.addEventListener('focusout', () => this.#point(-1));
    this.root.addEventListener('keydown', event => this.#key(event));
    if (wholePage) {
      document.addEventListener('keydown', event => {
        if (event.target === document.body) this.#key(event);
      });
    }
    this.address.listen(steps => this.#follow(steps(this.model)));
    new ResizeObserver(() => requestAnimationFrame(() => this.#resized())).observe(scroller);
    addEventListener('beforeprint', () => this.root.append(this.printout = printed(this.model, this.hidden)));
    addEventListener('afterprint', () => this.printout?.remove());
  }

  #resized() {
    const { clientWidth, clientHeight } = this.sheet.scroller;
    if (clientWidth === 0 || (this.size?.clientWidth === clientWidth && this.size?.clientHeight === clientHeight)) return;
    this.size = { clientWidth, clientHeight };
    if (this.live !== null && this.model.steps.length === 0) this.refresh();
    this.sheet.fit();
    if (this.choice.first >= 0) this.sheet.reveal(this.choice.first);
  }

  #point(id) {
    if (id === this.choice.pointed) return;
    this.choice.pointed = id;
    if (this.choice.first < 0) this.show();
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.key === 'Escape') {
      this.clear();
      return;
    }
    const keys = this.#keysOf(event.target);
    if (!Object.hasOwn(keys, event.key) || this.sheet.layout.rows.length === 0) return;
    event.preventDefault();
    keys[event.key]();
  }

  /** The keys of a step, and of the picture as a whole. Letters are taken only where the picture has the focus. */
  #keysOf(target) {
    const { layout, scroller } = this.sheet;
    const zooms = { '+': () => this.journey.zoom(1), '-': () => this.journey.zoom(-1), 0: () => this.journey.zoom(0) };
    const times = () => timeKeys(this.journey.row, layout.rows.length - 1, row => this.journey.go(row));
    const step = Number(target.dataset?.step ?? -1);
    if (step >= 0) return { ...zooms, ...stepKeys(step, this.model, layout, id => this.#focus(id), id => this.#choose(id)) };
    if (target === scroller) return { ...zooms, ...times() };
    return target === document.body ? times() : {};
  }

  #focus(id) {
    if (id < 0) return;
    this.sheet.reveal(id);
    this.sheet.focus(id);
  }
}
