// What could have caused what: between steps by the messages, between what people said by what they had received. No DOM.
import { firstAtLeast } from './model.js';

export const BEFORE = 1;
export const AFTER = 2;

/** For each step whether it is before or after a step; 0 for the step itself and for what is concurrent. */
export function reach(model, start) {
  const sides = new Uint8Array(model.steps.length);
  spread(model, start, BEFORE, sides);
  spread(model, start, AFTER, sides);
  return sides;
}

function spread(model, start, side, sides) {
  const open = [start];
  const visit = id => {
    if (id >= 0 && id !== start && sides[id] !== side) {
      sides[id] = side;
      open.push(id);
    }
  };
  while (open.length > 0) neighbours(model, open.pop(), side, visit);
}

function neighbours(model, id, side, visit) {
  if (side === BEFORE) {
    visit(model.previous[id]);
    for (const message of model.incoming.of(id)) visit(model.messages[message].from);
  } else {
    visit(model.next[id]);
    for (const message of model.outgoing.of(id)) visit(model.messages[message].to);
  }
}

/** The shortest chain of steps and messages from one step to a later one; empty if there is none. */
export function chain(model, from, to) {
  const cameFrom = new Int32Array(model.steps.length).fill(-1);
  let open = [from];
  while (open.length > 0 && cameFrom[to] < 0) {
    const further = [];
    for (const id of open) {
      neighbours(model, id, AFTER, next => {
        if (next >= 0 && next !== from && cameFrom[next] < 0) {
          cameFrom[next] = id;
          further.push(next);
        }
      });
    }
    open = further;
  }
  if (from === to || cameFrom[to] < 0) return [];
  const path = [to];
  while (path[path.length - 1] !== from) path.push(cameFrom[path[path.length - 1]]);
  return path.reverse();
}

/**
 * A vector clock: for each lifeline the number of its steps that are the step itself or before it. A step is before another
 * exactly if each of its entries is at most the other's, and they are not equal.
 */
export function vectorClock(model, id) {
  const sides = new Uint8Array(model.steps.length);
  spread(model, id, BEFORE, sides);
  const clock = new Array(model.lifelines.length).fill(0);
  sides.forEach((side, other) => { if (side === BEFORE) clock[model.steps[other].lifeline]++; });
  clock[model.steps[id].lifeline]++;
  return clock;
}

/**
 * How two things that were said are related, by their places in `model.talk`: `before` if the second author had received the
 * first message, or wrote both; `maybe` if only the second author's clock is known, and it had passed the first message;
 * `after` and `maybe after` the other way round; otherwise `concurrent`: neither author had received the other's.
 */
export function relation(model, one, other) {
  if (one > other) {
    const turned = relation(model, other, one);
    return { before: 'after', maybe: 'maybe after' }[turned] ?? turned;
  }
  const first = model.talk[one];
  const second = model.talk[other];
  if (first.author !== '' && first.author === second.author) return 'before';
  if (first.time > second.knew) return 'concurrent';
  return second.certain ? 'before' : 'maybe';
}

/** The place of the first message that a message's author need not have known when sending; its own place if there is none. */
function firstUnknown(model, index) {
  return Math.min(index, firstAtLeast(model.talk, said => said.time, model.talk[index].knew + 1));
}

/** The places of messages that are concurrent with one, in order. */
export function concurrentWith(model, index) {
  const found = [];
  for (let other = firstUnknown(model, index); other < index; other++) {
    if (relation(model, other, index) === 'concurrent') found.push(other);
  }
  // Each author knows more and more, so the search ends for an author at the first message that knew of this one.
  for (const own of byAuthor(model).values()) {
    for (let i = firstAtLeast(own, place => place, index + 1); i < own.length; i++) {
      if (relation(model, index, own[i]) !== 'concurrent') break;
      found.push(own[i]);
    }
  }
  return found.sort((one, other) => one - other);
}

const authors = new WeakMap();

/** The places of what each author said. */
export function byAuthor(model) {
  let all = authors.get(model);
  if (all === undefined) {
    all = new Map();
    model.talk.forEach((said, index) => {
      const own = all.get(said.author) ?? [];
      own.push(index);
      all.set(said.author, own);
    });
    authors.set(model, all);
  }
  return all;
}

const LONGEST_CLIQUE = 64;
const FARTHEST = 200;

/**
 * What the margin brackets: sets of messages of which each was said without knowing the others (`all`), or of which the last
 * one was said without knowing the others. `pairs` is the number of concurrent pairs that no earlier bracket has. A message is
 * compared with the 200 before it.
 */
export function brackets(model) {
  const found = [];
  let group = null;
  for (let index = 0; index < model.talk.length; index++) {
    const unknown = [];
    for (let other = Math.max(firstUnknown(model, index), index - FARTHEST); other < index; other++) {
      if (relation(model, other, index) === 'concurrent') unknown.push(other);
    }
    if (unknown.length === 0) continue;
    if (group !== null && group.all && same(group.members, unknown)) {
      group.members.push(index);
      group.pairs += unknown.length;
    } else {
      group = { members: [...unknown, index], all: areConcurrent(model, unknown), pairs: unknown.length };
      found.push(group);
    }
  }
  return found;
}

function same(one, other) {
  return one.length === other.length && one.every((value, i) => value === other[i]);
}

function areConcurrent(model, places) {
  return places.length <= LONGEST_CLIQUE
    && places.every((one, i) => places.slice(i + 1).every(other => relation(model, one, other) === 'concurrent'));
}

/** The number of concurrent pairs. */
export function pairs(found) {
  return found.reduce((sum, bracket) => sum + bracket.pairs, 0);
}

/**
 * The steps that show why one message was before another: its sending, its place, its receipt by the other's author, and the
 * other's sending and place.
 */
export function proof(model, one, other) {
  const first = model.talk[one];
  const second = model.talk[other];
  const start = first.request >= 0 ? first.request : first.event;
  const end = second.request >= 0 ? second.request : second.event;
  const rest = second.request >= 0 ? [second.event] : [];
  if (first.author === second.author && first.request >= 0 && second.request >= 0) {
    return [...onLifeline(model, first.request, second.request), ...rest];
  }
  const receipt = receiptBy(model, first.event, model.steps[end].lifeline);
  if (receipt >= 0 && receipt < end) {
    return [...(start === first.event ? [] : [start]), first.event, ...onLifeline(model, receipt, end), ...rest];
  }
  const path = chain(model, start, end);
  return path.length > 0 ? [...withoutWaits(model, path), ...rest] : [];
}

/** Of steps that follow each other on one lifeline, the first and the last. */
export function withoutWaits(model, path) {
  return path.filter((id, i) => i === 0 || i === path.length - 1
    || model.steps[path[i - 1]].lifeline !== model.steps[id].lifeline || model.steps[path[i + 1]].lifeline !== model.steps[id].lifeline);
}

function onLifeline(model, from, to) {
  return from === to ? [from] : [from, to];
}

/** Where a process received its copy of an event; -1 if it is not known. */
export function receiptBy(model, event, lifeline) {
  for (const id of model.outgoing.of(event)) {
    const message = model.messages[id];
    if (message.kind === 'broadcast' && model.steps[message.to].lifeline === lifeline) return message.to;
  }
  return -1;
}
