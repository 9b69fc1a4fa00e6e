// The space-time view: a picture that is scrolled, played and asked, with its explanations beside it.
import { reach } from './causality.js';
import { Controls } from './controls.js';
import { keepingFocus, stepKeys, timeKeys } from './keys.js';
import { fragmentOf, stepsOf } from './link.js';
import { sidesOf } from './lit.js';
import { LiveConversation } from './live.js';
import { Model } from './model.js';
import { Panel, pairOf } from './panel.js';
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
    this.links = links;
    this.live = data === undefined ? new LiveConversation({ self, service }) : null;
    this.hidden = new Set();
    this.first = this.second = this.pointed = this.focused = -1;
    this.now = Infinity;
    this.bySteps = false;
    this.unfolded = false;
    this.#build(element);
    this.setData(data ?? EMPTY);
    this.#listen(wholePage);
  }

  #build(element) {
    this.sheet = new Sheet();
    this.controls = new Controls({
      go: row => this.#go(row),
      jump: what => this.#jump(what),
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
        this.bySteps = on;
        this.#show();
      },
    });
    this.root = html('div', { class: 'space-time' }, this.controls.element, html('div', { class: 'st-body' },
      html('div', { class: 'st-picture' }, this.sheet.scroller, this.sheet.overview.element, this.table.element), this.panel.element));
    element.replaceChildren(this.root);
  }

  /** Shows another conversation, or a longer one. */
  setData(data) {
    const kept = [this.first, this.second, this.focused, this.pointed].map(id => this.#nameOf(id));
    const { hasFocus } = this.sheet;
    this.model = new Model(data);
    this.panel.model = this.model;
    keepingFocus(this.panel.element, () => {
      this.#lay();
      [this.first, this.second, this.focused, this.pointed] = kept.map(name => this.#stepNamed(name));
      this.controls.show(this.model, this.sheet.layout, this.hidden);
      this.#show();
    });
    if (!this.table.element.hidden) keepingFocus(this.table.element, () => this.table.show(this.model));
    if (hasFocus) this.sheet.focus(this.focused);
    if (this.links && !this.followed && this.model.steps.length > 0) this.#follow();
  }

  /** What a step is called while numbers change. */
  #nameOf(id) {
    const step = id >= 0 ? this.model.steps[id] : undefined;
    return step && { name: this.model.lifelines[step.lifeline].name, kind: step.kind, time: step.time };
  }

  #stepNamed(wanted) {
    if (wanted === undefined) return -1;
    return this.model.steps.findIndex(({ lifeline, kind, time }) =>
      time === wanted.time && kind === wanted.kind && this.model.lifelines[lifeline].name === wanted.name);
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
    const follows = this.sheet.isAtEnd && this.now === Infinity && this.first < 0;
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
    this.first = first;
    this.second = second;
    this.now = Infinity;
    this.controls.stop();
    if ([first, second].some(id => id >= 0 && this.sheet.layout.folded[id] === 1)) {
      this.unfolded = true;
      this.#lay();
    }
    for (const id of [second, first]) if (id >= 0) this.sheet.reveal(id);
    this.focused = first;
    this.#show();
    this.#keepInAddress();
  }

  clear() {
    this.first = this.second = this.pointed = -1;
    this.now = Infinity;
    this.controls.stop();
    this.#show();
    this.#keepInAddress();
  }

  /** A first step, and then a second one to compare it with. */
  #choose(id) {
    if (this.first >= 0 && this.second < 0 && id !== this.first) this.select(this.first, id);
    else if (id === this.first && this.second < 0) this.clear();
    else this.select(id);
  }

  #lay() {
    this.sheet.lay(this.model, { hidden: this.hidden, unfolded: this.unfolded });
  }

  /** Shows the state: in the picture, in the panel, and in one line that is read out. */
  #show() {
    const chosen = this.first >= 0 ? this.first : this.pointed;
    if (this.first >= 0 && this.second >= 0) this.#showPair(pairOf(this.model, this.first, this.second));
    else if (chosen >= 0) this.#showStep(chosen);
    else this.#showNow();
    const { layout } = this.sheet;
    this.controls.at(this.now === Infinity ? layout.rows.length - 1 : layout.rowOfTime(this.now), layout);
    this.root.classList.toggle('st-has-choice', chosen >= 0);
    this.sheet.rove(this.focused);
  }

  #showPair(pair) {
    this.sheet.picture.mark({ chosen: this.first, other: this.second, sides: null, chain: new Set([...pair.lit, ...pair.ends]), now: Infinity });
    this.panel.showPair(pair);
    this.controls.say(pair.sentence.map(part => typeof part === 'string' ? part : part.text).join(''));
  }

  #showStep(chosen) {
    const { model, sheet } = this;
    const steps = reach(model, chosen);
    const sides = model.talkOf.has(chosen) && !this.bySteps ? sidesOf(model, chosen, false) : steps;
    sheet.picture.mark({ chosen, other: -1, sides, chain: null, now: Infinity });
    this.panel.showStep(chosen, steps, this.bySteps);
    const isPinned = this.first >= 0;
    if (isPinned || sheet.picture.stepElement(chosen) === document.activeElement) {
      const { time, summary } = model.steps[chosen];
      this.controls.say(`Lamport time ${time}: ${summary}${isPinned ? ' (Click another step to compare.)' : ''}`);
    }
  }

  #showNow() {
    const { sheet, now } = this;
    sheet.picture.mark({ chosen: -1, other: -1, sides: null, chain: null, now });
    this.panel.showHint(sheet.layout.brackets);
    const here = now === Infinity ? [] : sheet.layout.stepsOfRow[sheet.layout.rowOfTime(now)] ?? [];
    this.controls.say(now === Infinity ? ''
      : `Lamport time ${now}: ${here.map(id => this.model.steps[id].summary).join(' · ') || 'nothing that is shown'}`);
  }

  /** Goes to a row: what comes later fades. */
  #go(place) {
    const { rows } = this.sheet.layout;
    if (rows.length === 0) return;
    const row = rows[Math.max(0, Math.min(rows.length - 1, place))];
    this.first = this.second = this.pointed = -1;
    this.now = row.time;
    this.sheet.revealRow(row);
    this.#show();
  }

  /** The row where the reader is: that of a choice, of the time, or before the first. */
  #here() {
    const { layout } = this.sheet;
    if (this.first >= 0) return layout.rowOf[this.first];
    return this.now === Infinity ? -1 : layout.rowOfTime(this.now);
  }

  #jump(what) {
    const { layout } = this.sheet;
    const row = this.#here();
    if (what === 'trouble') {
      const next = this.controls.troubles.find(id => layout.rowOf[id] > row) ?? this.controls.troubles[0];
      if (next !== undefined) this.select(next);
      return;
    }
    const all = layout.brackets.filter(({ lane }) => lane >= 0)
      .map(({ members }) => members.map(place => this.model.talk[place].event));
    const next = all.find(ids => layout.rowOf[ids[0]] > row && ids[0] !== this.first) ?? all[0];
    if (next !== undefined) this.select(next[0], next[next.length - 1]);
  }

  #filter(lifeline, shown) {
    if (shown) this.hidden.delete(lifeline);
    else this.hidden.add(lifeline);
    if ([this.first, this.second].some(id => id >= 0 && this.hidden.has(this.model.steps[id].lifeline))) this.first = this.second = -1;
    this.pointed = -1;
    this.#lay();
    this.#show();
  }

  #showTable(on) {
    this.table.element.hidden = !on;
    this.sheet.scroller.hidden = on;
    this.controls.tableIs(on);
    if (on) {
      this.sheet.overview.element.hidden = true;
      this.table.show(this.model);
    } else {
      this.#lay();
      this.#show();
    }
  }

  #keepInAddress() {
    if (!this.links) return;
    const chosen = [this.first, this.second].filter(id => id >= 0);
    if (chosen.length > 0) history.replaceState(history.state, '', fragmentOf(this.model, chosen));
    else if (/^#L\d/.test(location.hash)) history.replaceState(history.state, '', location.pathname + location.search);
  }

  #follow() {
    this.followed = true;
    const ids = stepsOf(this.model, location.hash);
    if (ids.length > 0) this.select(...ids);
  }

  #listen(wholePage) {
    const { content, scroller } = this.sheet;
    listenToPointer(this.sheet, {
      choose: id => this.#choose(id),
      compare: (one, other) => this.select(one, other),
      clear: () => this.clear(),
      point: id => this.#point(id),
    });
    content.addEventListener('focusin', event => {
      this.focused = Number(event.target.dataset.step ?? -1);
      this.#point(this.focused);
      this.sheet.rove(this.focused);
    });
    content.addEventListener('focusout', () => this.#point(-1));
    this.root.addEventListener('keydown', event => this.#key(event));
    if (wholePage) {
      document.addEventListener('keydown', event => {
        if (event.target === document.body) this.#key(event);
      });
    }
    if (this.links) addEventListener('hashchange', () => this.#follow());
    new ResizeObserver(() => requestAnimationFrame(() => this.#resized())).observe(scroller);
    addEventListener('beforeprint', () => this.root.append(this.printout = printed(this.model, this.hidden)));
    addEventListener('afterprint', () => this.printout?.remove());
  }

  #resized() {
    const { clientWidth, clientHeight } = this.sheet.scroller;
    if (clientWidth === 0 || (this.size?.clientWidth === clientWidth && this.size?.clientHeight === clientHeight)) return;
    this.size = { clientWidth, clientHeight };
    if (this.live !== null && this.model.steps.length === 0) this.refresh();
    this.#lay();
    if (this.first >= 0) this.sheet.reveal(this.first);
    this.#show();
  }

  #point(id) {
    if (id === this.pointed) return;
    this.pointed = id;
    if (this.first < 0) this.#show();
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (event.key === 'Escape') {
      this.clear();
      return;
    }
    const { layout, scroller } = this.sheet;
    const step = Number(event.target.dataset?.step ?? -1);
    const keys = step >= 0 ? stepKeys(step, this.model, layout, id => this.#focus(id), id => this.#choose(id))
      : event.target === scroller || event.target === document.body ? timeKeys(this.#here(), layout.rows.length - 1, row => this.#go(row)) : {};
    if (!Object.hasOwn(keys, event.key) || layout.rows.length === 0) return;
    event.preventDefault();
    keys[event.key]();
  }

  #focus(id) {
    if (id < 0) return;
    this.sheet.reveal(id);
    this.sheet.focus(id);
  }
}
