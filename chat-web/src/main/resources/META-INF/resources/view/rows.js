// The lines of the conversation: a line for an event, a notice, or a message that waits.
import { colourOf } from '../chat/colours.js';
import { calls, tame } from '../chat/text.js';
import { element } from './dom.js';

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const SIGNS = { JOINED: '→', LEFT: '←' };
const ALL_CONCURRENT = 'concurrent: each was said without knowing of the others’';

/** A name, in its colour. */
export function nameOf(participant, extra = '') {
  return element('bdi', { class: `name author-${colourOf(participant)} ${extra}`.trim() }, tame(participant));
}

/** The time of day at which the service recorded an event. */
export function timeOf(event, withDay = false) {
  const at = event.recordedAt;
  const isToday = at?.toDateString() === new Date().toDateString();
  if (at === undefined) {
    return element('span', { class: 'time' });
  }
  return element('time', { class: 'time', datetime: at.toISOString() }, (withDay && !isToday ? `${SHORT_DAY.format(at)}, ` : '') + TIME.format(at));
}

/** The Lamport time as L12, which a screen reader says in words. */
export function lamportOf(time) {
  return element('span', { class: 'lamport' },
    element('span', { class: 'unseen' }, 'Lamport time '), element('span', { class: 'l', 'aria-hidden': 'true' }, 'L'), String(time));
}

/** The line of an item. `self` is the user's name. */
export function rowOf(item, self, previous) {
  if (item.notice !== undefined) {
    return element('li', { class: 'row notice' }, element('p', { class: 'text' }, item.notice));
  }
  const { event } = item;
  const message = event.type === 'PUBLISHED' || event.type === 'UNSPECIFIED';
  const own = event.participant === self;
  const called = message && !own && self !== undefined && calls(event.text, self);
  const row = element('li', { class: `row ${message ? 'message' : 'presence'}`, 'data-lamport': String(event.lamportTime) });
  row.classList.toggle('own', own && message);
  row.classList.toggle('called', called);
  const day = dayBetween(previous?.event, event);
  if (day !== undefined) {
    row.append(element('p', { class: 'day' }, day));
  }
  row.append(
    element('div', { class: 'line' },
      timeOf(event),
      lamportOf(event.lamportTime),
      message ? nameOf(event.participant) : element('span', { class: 'name sign', 'aria-hidden': 'true' }, SIGNS[event.type] ?? '?'),
      said(event.text)));
  row.title = `Sent at ${event.participantLamportTime} by the clock of ${tame(event.participant)}; its place is ${event.lamportTime}`;
  if (event.participantLamportTime === 0) {
    row.removeAttribute('title');
  }
  bracket(row, item);
  return row;
}

/** Draws the part of the bracket that a line has. */
export function bracket(row, { group, event }) {
  row.classList.toggle('concurrent', group !== undefined);
  row.classList.toggle('begins', group !== undefined && group[0].event === event);
  row.classList.toggle('ends', group !== undefined && group.at(-1).event === event);
  const label = row.querySelector('.label');
  if (group === undefined) {
    label?.remove();
  } else if (label === null) {
    row.querySelector('.line').append(element('span', { class: 'label', title: ALL_CONCURRENT }, 'concurrent'));
  }
}

/** A message that has no place in the conversation yet, or whose event has not come. */
export function waitingOf({ id, text, place }, self) {
  return element('li', { class: 'row message waiting', 'data-id': String(id) },
    element('div', { class: 'line' },
      element('span', { class: 'time' }),
      place === 0
        ? element('span', { class: 'lamport' }, element('span', { class: 'unseen' }, 'waiting for its Lamport time '), '…')
        : lamportOf(place),
      nameOf(self),
      said(text)));
}

/** The text beside the columns, in the direction of its own script. */
function said(text) {
  return element('div', { class: 'said' }, element('p', { class: 'text', dir: 'auto' }, tame(text)));
}

function dayBetween(before, event) {
  const day = event.recordedAt?.toDateString();
  const last = (before?.recordedAt ?? new Date()).toDateString();
  return day === undefined || day === last ? undefined : DAY.format(event.recordedAt);
}
