// The conversation as a model: events in the order of their Lamport time, notices of this page among them, who is present, and which
// messages are concurrent. Nothing of the document.
import { Grouping } from './concurrent.js';

/** So many items are kept; older ones can be read from the service again. */
export const MAX_ITEMS = 20_000;

/** The items: { key, event } or { key, notice }, each with `group` if it is in a group of concurrent messages. */
export class Conversation {
  #items = [];
  #epochStart = 0; // items before it are of an older log
  #byTime = new Map(); // events of this log
  #keys = 0;
  #grouping = new Grouping();

  get items() {
    return this.#items;
  }

  /** The oldest event of this log that is here; undefined if there is none. */
  get oldest() {
    return this.#items.slice(this.#epochStart).find((item) => item.event)?.event;
  }

  /** The newest event of this log that is here; undefined if there is none. */
  get newest() {
    return this.#items.slice(this.#epochStart).findLast((item) => item.event)?.event;
  }

  has(lamportTime) {
    return this.#byTime.has(lamportTime);
  }

  indexOf(lamportTime) {
    const item = this.#byTime.get(lamportTime);
    return item === undefined ? -1 : this.#items.indexOf(item);
  }

  /** Appends an event that came. Returns its item; undefined if it is here already. */
  append(event) {
    if (this.has(event.lamportTime)) {
      return undefined;
    }
    const item = { key: ++this.#keys, event };
    this.#items.push(item);
    this.#byTime.set(event.lamportTime, item);
    this.#grouping.add(item);
    return item;
  }

  /** Puts events that are missing here where they belong: before what follows them. They are in order. */
  put(events) {
    const fresh = events.filter((event) => !this.has(event.lamportTime)).map((event) => ({ key: ++this.#keys, event }));
    const last = fresh.at(-1)?.event.lamportTime;
    const next = this.#items.findIndex(({ event }, i) => i >= this.#epochStart && event?.lamportTime > last);
    const at = next < 0 ? this.#items.length : next;
    fresh.forEach((item) => this.#byTime.set(item.event.lamportTime, item));
    this.#items = [...this.#items.slice(0, at), ...fresh, ...this.#items.slice(at)];
    this.#grouping = new Grouping();
    this.#items.slice(this.#epochStart).forEach((item) => this.#grouping.add(item));
    return { at, count: fresh.length };
  }

  /** A line of this page's own, after what is here. */
  notice(text) {
    const item = { key: ++this.#keys, notice: text };
    this.#items.push(item);
    return item;
  }

  /** A line of this page's own, before the events of this log from a Lamport time on. */
  noticeBefore(lamportTime, text) {
    const next = this.#items.findIndex(({ event }, i) => i >= this.#epochStart && event?.lamportTime >= lamportTime);
    const at = next < 0 ? this.#items.length : next;
    this.#items.splice(at, 0, { key: ++this.#keys, notice: text });
    return { at, count: 1 };
  }

  /** A new log begins, in which Lamport times begin again. What was said before stays above. */
  newLog() {
    this.#epochStart = this.#items.length;
    this.#byTime.clear();
    this.#grouping = new Grouping();
  }

  /** Drops the oldest items if there are too many. Returns how many. */
  trim() {
    const excess = this.#items.length - MAX_ITEMS;
    if (excess <= 0) {
      return 0;
    }
    const count = excess + MAX_ITEMS / 4;
    this.#items.splice(0, count).forEach(({ event }) => event && this.#byTime.delete(event.lamportTime));
    this.#epochStart = Math.max(0, this.#epochStart - count);
    return count;
  }
}

/** Who is present: a list at one Lamport time, and the events since. */
export class Presence {
  #present = new Map(); // name to the Lamport time of joining
  #asOf = 0;
  #since; // what came since the list was asked for; undefined if it is not awaited

  get names() {
    return [...this.#present.keys()];
  }

  get size() {
    return this.#present.size;
  }

  joinedAt(name) {
    return this.#present.get(name);
  }

  /** The list is about to be asked for: the events from now on are applied to it when it comes. */
  asking() {
    this.#since = [];
  }

  listed({ participants, asOf }) {
    this.#asOf = asOf;
    this.#present = new Map(participants.map((one) => [one.name, one.joinedAt]));
    this.#since?.forEach((event) => this.#apply(event));
    this.#since = undefined;
  }

  /** An event came. Returns whether it may have changed who is present. */
  received(event) {
    if (event.type === 'PUBLISHED') {
      return false;
    }
    this.#since?.push(event);
    this.#apply(event);
    return true;
  }

  clear() {
    this.#present.clear();
    this.#asOf = 0;
    this.#since = undefined;
  }

  #apply({ type, participant, lamportTime }) {
    if (lamportTime <= this.#asOf) {
      return;
    }
    if (type === 'JOINED') {
      this.#present.set(participant, lamportTime);
    } else if (type === 'LEFT') {
      this.#present.delete(participant);
    }
  }
}
