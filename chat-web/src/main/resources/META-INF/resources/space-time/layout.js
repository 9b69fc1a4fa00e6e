// Where everything of a space-time diagram stands: a column for each process, a row for each Lamport time. No DOM.
import { firstAtLeast, isOfService } from './model.js';
import { brackets } from './causality.js';
import { folds } from './folds.js';
import { stubs } from './stubs.js';

/** Height of a row, and of each further line in it: what can be clicked is 24 px high. */
export const ROW = 24;
const GAP = 12;
const TOP = 22;
const BUCKET = 64;
const LANE = 9;
const MOST_LANES = 12;
/** A broadcast to more columns than this is drawn as a comb. */
const COMB = 8;

const INCIDENTS = new Set(['crash', 'refusal', 'no-answer']);

/** Whether a step of a participant has a note in the margin. */
function hasNote(step) {
  return isOfService(step) || INCIDENTS.has(step.kind)
    || (step.kind === 'stream-end' && step.text !== '' && step.text !== 'OK');
}

/**
 * The places of a conversation's parts, in pixels, with y downwards from the first row.
 *
 * Made for 100,000 steps: what is between two heights is found without a look at the rest.
 */
export class Layout {
  /**
   * @param model the conversation
   * @param options `width`: what there is for columns and notes; `hidden`: lifelines that are left out; `unfolded`: whether all
   * requests in vain are shown
   */
  constructor(model, { width = 900, hidden = new Set(), unfolded = false } = {}) {
    this.model = model;
    this.hidden = hidden;
    this.folds = unfolded ? [] : folds(model);
    this.folded = new Uint8Array(model.steps.length);
    this.foldOf = new Map();
    for (const fold of this.folds) {
      fold.hidden.forEach(id => { this.folded[id] = 1; });
      this.foldOf.set(fold.last, fold);
    }
    this.brackets = brackets(model);
    this.stubs = stubs(model);
    this.#rows();
    this.#lanes();
    this.fit(width);
    this.#index();
  }

  #rows() {
    this.#placeInRows();
    this.lineOf = new Uint16Array(this.model.steps.length);
    this.rows = [];
    this.incidents = [];
    const { incidents } = this.model;
    const lines = new Uint16Array(this.model.lifelines.length); // of the row, by lifeline
    let incident = 0;
    let y = TOP;
    let before = null;
    for (const [i, ids] of this.stepsOfRow.entries()) {
      const time = this.#timeOfRow(i);
      const afterGap = before !== null && time - before > 1;
      if (afterGap) y += GAP;
      const notes = this.#notesOf(ids);
      let height = notes.length;
      for (const id of ids) {
        this.lineOf[id] = lines[this.model.steps[id].lifeline]++;
        height = Math.max(height, this.lineOf[id] + 1);
      }
      for (const id of ids) lines[this.model.steps[id].lifeline] = 0;
      this.rows.push({ time, y, afterGap, notes, lines: height });
      const until = i + 1 < this.stepsOfRow.length ? this.#timeOfRow(i + 1) : Infinity;
      for (; incident < incidents.length && incidents[incident].after < until; incident++) {
        this.incidents.push({ ...incidents[incident], y: y + height * ROW });
        height++;
      }
      y += height * ROW;
      before = time;
    }
    this.height = y + TOP;
  }

  /** A row for each Lamport time of a step that is shown. */
  #placeInRows() {
    const { steps } = this.model;
    const shown = steps.filter(step => this.isShown(step));
    const times = Float64Array.from(shown, ({ time }) => time).sort().filter((time, i, all) => i === 0 || time !== all[i - 1]);
    const places = new Map();
    times.forEach((time, i) => places.set(time, i));
    this.rowOf = new Int32Array(steps.length).fill(-1);
    this.stepsOfRow = Array.from(times, () => []);
    for (const { id, time } of shown) {
      this.rowOf[id] = places.get(time);
      this.stepsOfRow[this.rowOf[id]].push(id);
    }
  }

  #timeOfRow(row) {
    return this.model.steps[this.stepsOfRow[row][0]].time;
  }

  /** What stands in the margin: first what the service did. */
  #notesOf(ids) {
    const { steps } = this.model;
    return ids.filter(id => hasNote(steps[id])).sort((one, other) => isOfService(steps[other]) - isOfService(steps[one]) || one - other);
  }

  isShown(step) {
    return !this.hidden.has(step.lifeline) && this.folded[step.id] === 0;
  }

  /** Brackets side by side, so that none covers another. */
  #lanes() {
    const ends = [];
    for (const bracket of this.brackets) {
      const heights = bracket.members.map(place => this.y(this.model.talk[place].event)).filter(y => y >= 0);
      if (heights.length < 2) {
        bracket.lane = -1;
        continue;
      }
      bracket.top = heights[0];
      bracket.bottom = heights[heights.length - 1];
      let lane = ends.findIndex(end => end < bracket.top);
      if (lane < 0) lane = Math.min(ends.length, MOST_LANES - 1);
      ends[lane] = Math.max(ends[lane] ?? 0, bracket.bottom);
      bracket.lane = lane;
    }
    this.lanes = ends.length;
  }

  /** Places the columns within another width; heights stay. */
  fit(width) {
    const shown = this.model.lifelines.map((_, id) => id).filter(id => !this.hidden.has(id));
    const participants = shown.filter(id => id !== this.model.service);
    const middle = Math.ceil(participants.length / 2);
    this.order = shown.includes(this.model.service)
      ? [...participants.slice(0, middle), this.model.service, ...participants.slice(middle)]
      : participants;
    const digits = String(this.rows.length > 0 ? this.rows[this.rows.length - 1].time : 0).length;
    this.axis = 14 + 7 * digits;
    const margin = Math.min(340, Math.max(180, width * 0.36)) + this.lanes * LANE;
    const least = 34 + 7 * digits;
    this.spacing = Math.max(least, Math.min(118, (width - this.axis - margin) / (this.order.length + 0.5)));
    this.x = new Float64Array(this.model.lifelines.length).fill(-1);
    this.order.forEach((id, place) => { this.x[id] = this.axis + this.spacing * (place + 0.75); });
    this.columnsEnd = this.axis + this.spacing * (this.order.length + 0.4);
    this.bracketsStart = this.columnsEnd + 6;
    this.notesStart = this.bracketsStart + this.lanes * LANE + 10;
    this.width = Math.max(width, this.notesStart + 180);
    this.noteWidth = this.width - this.notesStart - 10;
  }

  bracketX(bracket) {
    return this.notesStart - 8 - bracket.lane * LANE;
  }

  /** The height of a step; -1 if it is left out. */
  y(id) {
    const row = this.rowOf[id];
    return row < 0 ? -1 : this.rows[row].y + this.lineOf[id] * ROW;
  }

  stepX(id) {
    return this.x[this.model.steps[id].lifeline];
  }

  /** The side of its lifeline on which a step's time stands, away from the service. */
  side(lifeline) {
    return this.model.service >= 0 && this.x[lifeline] < this.x[this.model.service] ? -1 : 1;
  }

  /** The place of the last row at or above a height; 0 if it is above all. */
  rowAt(y) {
    return Math.max(0, firstAtLeast(this.rows, row => row.y, y + 0.001) - 1);
  }

  /** The place of the row of a Lamport time, or of the last one before it; -1 if it is before all. */
  rowOfTime(time) {
    return firstAtLeast(this.rows, row => row.time, time + 1) - 1;
  }

  /** The height of a Lamport time, whether it has a row or not. */
  yOfTime(time) {
    const row = this.rowOfTime(time);
    return row < 0 ? 0 : this.rows[row].y;
  }

  /** The nearest step of the next column on one side that has steps; -1 if there is none. */
  beside(id, side) {
    const y = this.y(id);
    const lifeline = this.model.steps[id].lifeline;
    for (let place = this.order.indexOf(lifeline) + side; place >= 0 && place < this.order.length; place += side) {
      const own = this.model.ofLifeline[this.order[place]].filter(other => this.folded[other] === 0);
      if (own.length === 0) continue;
      const next = firstAtLeast(own, other => this.y(other), y);
      const near = [next - 1, next].filter(i => i >= 0 && i < own.length);
      return own[near.reduce((one, other) => Math.abs(this.y(own[other]) - y) < Math.abs(this.y(own[one]) - y) ? other : one)];
    }
    return -1;
  }

  /** By bucket of rows: the arrows that touch it. */
  #index() {
    const { messages } = this.model;
    this.arrows = this.rows.length === 0 ? [] : Array.from({ length: (this.rows.length >> 6) + 1 }, () => []);
    this.longArrows = [];
    for (let id = 0; id < messages.length; id++) {
      const from = this.rowOf[messages[id].from];
      const to = this.rowOf[messages[id].to];
      if (from < 0 || to < 0) continue;
      const first = Math.floor(Math.min(from, to) / BUCKET);
      const last = Math.floor(Math.max(from, to) / BUCKET);
      if (last - first > 8) this.longArrows.push(id);
      else for (let bucket = first; bucket <= last; bucket++) this.arrows[bucket].push(id);
    }
    this.combs = new Set();
    const copies = new Map();
    for (const message of messages) {
      if (message.kind === 'broadcast') copies.set(message.from, (copies.get(message.from) ?? 0) + 1);
    }
    for (const [event, count] of copies) if (count > COMB) this.combs.add(event);
  }

  /** What touches the heights from `top` to `bottom`. */
  visible(top, bottom) {
    const first = this.rowAt(top);
    const last = this.rows.length === 0 ? -1 : this.rowAt(bottom);
    const steps = [];
    for (let row = first; row <= last; row++) steps.push(...this.stepsOfRow[row]);
    const arrows = new Set();
    const inside = id => {
      const from = this.y(this.model.messages[id].from);
      const to = this.y(this.model.messages[id].to);
      if (Math.min(from, to) <= bottom && Math.max(from, to) >= top) arrows.add(id);
    };
    for (let bucket = first >> 6; bucket <= last >> 6; bucket++) this.arrows[bucket].forEach(inside);
    this.longArrows.forEach(inside);
    return {
      first,
      last,
      steps: steps.sort((one, other) => one - other),
      arrows: [...arrows].sort((one, other) => one - other),
      incidents: this.incidents.filter(({ y }) => y >= top && y <= bottom),
      brackets: this.brackets.filter(({ lane, top: from, bottom: to }) => lane >= 0 && from <= bottom && to >= top),
    };
  }
}
