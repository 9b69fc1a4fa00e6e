// Draws what is visible of a conversation, and only that: elements come and go as the reader scrolls.
import { tame } from '../chat/text.js';
import { concurrentWith } from './causality.js';
import { authorClass } from './colours.js';
import { ROW } from './layout.js';
import { light } from './light.js';
import { isOpen, isTied, loss, tie } from './losses.js';
import { isOfService } from './model.js';
import { clearance, halfPill, mark } from './marks.js';
import { lineEnd, stays } from './stays.js';
import { arrow, cross, fitted, path, stub, svg, widthOf } from './svg.js';

const LAYERS = ['rows', 'incidents', 'lines', 'ties', 'messages', 'stubs', 'losses', 'steps', 'brackets', 'notes'];
const NOTE_FONT = '12px system-ui, sans-serif';
const MOST_NAMED = 3;

/** An SVG element that shows a part of a layout. Heights are those of the layout. */
export class Picture {
  constructor(model, layout, { label = 'Space-time diagram' } = {}) {
    this.model = model;
    this.layout = layout;
    this.element = svg('svg', { class: 'picture', role: 'group', 'aria-label': label, width: layout.width, height: layout.height });
    this.layers = Object.fromEntries(LAYERS.map(name => {
      const layer = svg('g', { class: name });
      this.element.append(layer);
      return [name, layer];
    }));
    this.drawn = Object.fromEntries(LAYERS.map(name => [name, new Map()]));
    this.bars = new Map();
    this.nodes = [...new Set(model.lifelines.flatMap(({ attachments = [] }) => attachments.map(({ node }) => node)))].sort();
    this.state = { chosen: -1, other: -1, sides: null, chain: null, now: Infinity };
  }

  /** Draws what touches these heights, and removes the rest. */
  show(top, bottom) {
    const { layout, model } = this;
    const seen = layout.visible(top, bottom);
    const rows = range(seen.first, seen.last);
    this.#sync('rows', rows, row => this.#row(layout.rows[row]));
    this.#sync('incidents', seen.incidents, incident => this.#incident(incident));
    this.#lines(top, bottom);
    this.#sync('messages', seen.arrows, id => this.#message(id));
    this.#sync('stubs', seen.steps.filter(id => layout.stubs.has(id)), id => this.#stubsOf(id));
    const requests = seen.steps.filter(id => model.fate.has(id));
    this.#sync('losses', requests.filter(id => isOpen(model, id)), id => loss(model, layout, id));
    this.#sync('ties', requests.filter(id => isTied(model, layout, id)), id => tie(model, layout, id));
    this.#sync('steps', seen.steps, id => this.#step(id));
    this.#sync('brackets', seen.brackets, bracket => this.#bracket(bracket));
    this.#sync('notes', rows.flatMap(row => layout.rows[row].notes), id => this.#note(id));
    light(this, this.state);
  }

  /** Lights up what a chosen step has to do with, or the time until now; see the view's state. */
  mark(state) {
    this.state = state;
    light(this, state);
  }

  /** The element of a step, if it is drawn. */
  stepElement(id) {
    return this.drawn.steps.get(id);
  }

  #sync(name, wanted, make) {
    const drawn = this.drawn[name];
    const keep = new Set(wanted);
    for (const [key, element] of drawn) {
      if (!keep.has(key)) {
        element.remove();
        drawn.delete(key);
      }
    }
    // In order, for those who listen to the page: what is new stands before the next one that is already there.
    let after = null;
    for (let i = wanted.length - 1; i >= 0; i--) {
      const key = wanted[i];
      let element = drawn.get(key);
      if (element === undefined) {
        element = make(key);
        drawn.set(key, element);
        this.layers[name].insertBefore(element, after);
      }
      after = element;
    }
  }

  #row({ time, y, afterGap }) {
    const { layout } = this;
    const row = svg('g', { class: 'time', 'data-time': time },
      svg('line', { class: 'grid', x1: layout.axis + 6, y1: y, x2: layout.columnsEnd, y2: y }),
      svg('text', { class: 'axis', x: layout.axis, y: y + 4, 'text-anchor': 'end' }, String(time)));
    if (afterGap) row.append(svg('text', { class: 'gap', x: layout.axis, y: y - ROW / 2 - 3, 'text-anchor': 'end' }, '⋮'));
    return row;
  }

  #incident({ what, y }) {
    const { layout } = this;
    return svg('g', { class: 'incident' },
      svg('line', { x1: layout.axis + 6, y1: y, x2: layout.columnsEnd, y2: y }),
      svg('text', { x: layout.notesStart, y: y + 4 }, fitted('✕ ' + tame(what), layout.noteWidth, NOTE_FONT)));
  }

  /** Lifelines reach over everything, so they are drawn anew for each part: as long as it is. */
  #lines(top, bottom) {
    const { layout, model } = this;
    const clip = y => Math.min(bottom, Math.max(top, y));
    this.layers.lines.replaceChildren(...layout.order.map(lifeline => {
      const x = layout.x[lifeline];
      const service = lifeline === model.service;
      const end = lineEnd(model, layout, lifeline);
      const line = svg('g', { class: `lifeline ${service ? 'service' : ''}`, 'data-lifeline': lifeline },
        svg('line', { class: 'line', x1: x, y1: top, x2: x, y2: clip(end) }));
      if (end < bottom) line.append(svg('line', { class: 'gone', x1: x, y1: clip(end), x2: x, y2: bottom }));
      if (!this.bars.has(lifeline)) this.bars.set(lifeline, stays(model, layout, lifeline));
      for (const bar of this.bars.get(lifeline)) {
        if (bar.bottom < top || bar.top > bottom) continue;
        const from = clip(bar.top);
        line.append(svg('rect', { class: `stay ${bar.hears ? nodeClass(bar.node, this.nodes) : 'silent'}`, x: x - 5, y: from, width: 10, height: clip(bar.bottom) - from }));
        if (bar.begins) line.append(svg('line', { class: 'edge', x1: x - 6, y1: bar.top, x2: x + 6, y2: bar.top }));
        if (bar.named && from === bar.top) {
          const side = -layout.side(lifeline);
          line.append(svg('text', { class: 'node', x: x + side * 9, y: bar.top + 4, 'text-anchor': side > 0 ? 'start' : 'end' }, fitted(tame(bar.node), layout.spacing / 2, NOTE_FONT)));
        }
        if (bar.ends !== '') line.append(svg('line', { class: `edge ${bar.ends}`, x1: x - 6, y1: bar.bottom, x2: x + 6, y2: bar.bottom }));
      }
      return line;
    }));
  }

  #message(id) {
    const { layout, model } = this;
    const { from, to, kind, broken } = model.messages[id];
    const sender = model.steps[from];
    const receiver = model.steps[to];
    const [x1, y1, x2, y2] = [layout.stepX(from), layout.y(from), layout.stepX(to), layout.y(to)];
    const guess = receiver.known === 'at-least' || receiver.known === 'shown' ? ' guess' : '';
    const group = svg('g', {
      class: `message ${kind}${broken ? ' broken' : ''}${guess} ${this.#colour(kind === 'request' ? receiver : sender)}`,
      'data-message': id,
    });
    if (kind === 'broadcast' && layout.combs.has(from)) {
      const trunk = y1 + 9 + 3;
      group.append(svg('path', { class: 'shaft comb', d: path([x1, y1 + 9], [x1, trunk], [x2, trunk], [x2, Math.max(trunk, y2 - 6)]) }));
      return group;
    }
    const length = Math.max(0.01, Math.hypot(x2 - x1, y2 - y1));
    const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
    const start = clearance(sender, ux, uy);
    const end = clearance(receiver, ux, uy) + 1;
    group.append(...arrow(x1 + ux * start, y1 + uy * start, x2 - ux * end, y2 - uy * end));
    return group;
  }

  /** The ends of arrows that come from outside of this part, or go there. */
  #stubsOf(id) {
    const { layout, model } = this;
    const step = model.steps[id];
    const [x, y] = [layout.stepX(id), layout.y(id)];
    const ends = layout.stubs.get(id).filter(({ lifeline }) => layout.x[lifeline] >= 0);
    return svg('g', { class: `stub ${this.#colour(step)}`, 'data-stub': id },
      svg('title', {}, 'The other end is outside of the part that is shown.'),
      ...ends.flatMap(({ lifeline, comes }) => stub(x, y, Math.sign(layout.x[lifeline] - x), comes, isOfService(step) ? halfPill(step.time) : 6)));
  }

  #step(id) {
    const { layout, model } = this;
    const step = model.steps[id];
    const [x, y] = [layout.stepX(id), layout.y(id)];
    const group = svg('g', {
      class: `step ${step.kind}${model.faults.has(id) ? ' broken' : ''} ${this.#colour(step)}`,
      id: `step-${id}`,
      'data-step': id,
      role: 'button',
      tabindex: '-1',
      'aria-label': `Lamport time ${step.time}${step.known === 'at-least' ? ' or later' : ''}: ${step.summary}`,
    }, svg('title', {}, `Lamport time ${step.time}${step.known === 'at-least' ? ' or later' : ''}: ${step.summary}`));
    if (isOfService(step)) {
      group.append(svg('rect', { class: 'target', x: x - 20, y: y - 12, width: 40, height: 24, rx: 11 }), ...mark(step, x, y));
    } else {
      const side = layout.side(step.lifeline);
      const label = (step.known === 'at-least' ? '≥' : '') + step.time;
      const wide = 12 + 7 * label.length;
      group.append(
        svg('rect', { class: 'target', x: side > 0 ? x - 10 : x - wide - 4, y: y - 12, width: wide + 14, height: 24, rx: 11 }),
        svg('text', { class: 'clock', x: x + side * 10, y: y + 4, 'text-anchor': side > 0 ? 'start' : 'end' }, label),
        ...mark(step, x, y));
    }
    return group;
  }

  #bracket(bracket) {
    const { layout, model } = this;
    const x = layout.bracketX(bracket);
    const last = bracket.members[bracket.members.length - 1];
    const times = bracket.members.map(place => model.talk[place].time);
    const words = bracket.all
      ? `${times.join(', ')}: nobody of their authors knew of the others when sending. They are concurrent.`
      : `${times[times.length - 1]} was sent without knowing of ${times.slice(0, -1).join(', ')}: it is concurrent with each of them.`;
    const group = svg('g', {
      class: `bracket ${bracket.all ? '' : authorClass(model.talk[last].author)}`, 'data-members': times.join(' '),
      'data-pair': `${model.talk[bracket.members[0]].event} ${model.talk[last].event}`,
    }, svg('title', {}, words), svg('rect', { class: 'target', x: x - 5, y: bracket.top - 6, width: 16, height: bracket.bottom - bracket.top + 12 }),
    svg('line', { class: 'shaft', x1: x, y1: bracket.top, x2: x, y2: bracket.bottom }));
    for (const place of bracket.members) {
      const y = layout.y(model.talk[place].event);
      if (y >= 0) group.append(svg('line', { class: 'shaft', x1: x, y1: y, x2: layout.notesStart - 3, y2: y }));
    }
    return group;
  }

  #note(id) {
    const { layout, model } = this;
    const step = model.steps[id];
    const row = layout.rows[layout.rowOf[id]];
    const y = row.y + row.notes.indexOf(id) * ROW;
    const wide = 8 + 7 * String(step.time).length;
    const x = layout.notesStart;
    return svg('g', { class: `note ${step.kind} ${this.#colour(step)}`, 'data-step': id },
      svg('title', {}, step.summary),
      svg('rect', { class: 'target', x: x - 2, y: y - 12, width: layout.noteWidth + 4, height: 24, rx: 4 }),
      isOfService(step)
        ? svg('text', { class: 'number', x: x + wide - 6, y: y + 4, 'text-anchor': 'end' }, String(step.time))
        : cross(x + wide - 12, y, 3.5),
      ...this.#words(id, x + wide, y + 4, layout.noteWidth - wide));
  }

  /** What was said, and with what it is concurrent: that is not left to be found. */
  #words(id, x, y, room) {
    const { model } = this;
    const { summary } = model.steps[id];
    const index = model.talkOf.get(id);
    const others = index === undefined ? [] : concurrentWith(model, index);
    if (others.length === 0) return [svg('text', { class: 'words', x, y }, fitted(summary, room, NOTE_FONT))];
    const times = others.slice(0, MOST_NAMED).map(other => model.talk[other].time).join(', ') + (others.length > MOST_NAMED ? ', …' : '');
    const tag = `concurrent with ${times}`;
    const words = fitted(summary, Math.max(room * 0.4, room - widthOf(tag, NOTE_FONT) - 14), NOTE_FONT);
    const start = x + widthOf(words, NOTE_FONT) + 10;
    return [svg('text', { class: 'words', x, y }, words),
      svg('text', { class: 'tag', x: start, y }, fitted(tag, x + room - start, NOTE_FONT))];
  }

  /** The class of a step's colour: events and their copies have their author's, other steps none. */
  #colour(step) {
    const ownRequest = step.kind === 'request' && step.rpc !== 'Broadcast';
    return ownRequest || step.kind === 'receipt' || (isOfService(step) && step.kind !== 'attached')
      ? authorClass(this.model.authorOf(step)) : '';
  }
}

/** The class of a stay at a node, if the service has several. */
function nodeClass(node, nodes) {
  return node === '' ? '' : `node-${nodes.indexOf(node) % 4}`;
}

function range(first, last) {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
