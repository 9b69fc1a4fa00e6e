// A conversation as one participant sees it while it goes on: its own log is known, other people's receipts are inferred. No DOM.
import { tame } from '../chat/text.js';
import { Graph } from './graph.js';

const MOST_EVENTS = 2000;
const DROPPED = 1000;
const MOST_OWN = 20_000; // steps of this page's own: without a connection there are attempts, and no events
/** With more participants, receipts of others are not drawn: they would be guesses, and many. */
const MOST_INFERRED = 8;

const KIND_OF_TYPE = { join: 'joined', publish: 'published', leave: 'left' };
const RPC = { joined: 'Join', published: 'Publish', left: 'Leave' };

/** A wall clock's time as text. */
function wallOf(wall) {
  return wall instanceof Date ? wall.toISOString() : wall;
}

/** What a copy of an event says. */
function said({ type, participant, text }) {
  return eventKind(type) === 'published' ? `${participant}: ${text ?? ''}` : `${participant} ${eventKind(type)}`;
}

/** `EVENT_TYPE_JOINED`, `JOINED` and `Join` are all `joined`. */
function eventKind(type) {
  const word = String(type).toLowerCase().replace(/^event_type_/, '');
  return KIND_OF_TYPE[word] ?? word;
}

/**
 * Collects what a page learns, one item a call, and makes it the data of a Model. Keeps the newest 1,000 to 2,000 events.
 */
export class LiveConversation {
  #self;
  #service;
  #events = [];
  #own = [];
  #incidents = [];
  #dropped = 0;

  /** @param self the own name; @param service the name of the service */
  constructor({ self, service = 'Chitty-Chat' }) {
    this.#self = self;
    this.#service = service;
  }

  /** The names of participants may be known only later. */
  setSelf(name) {
    this.#self = name;
  }

  /** Takes one item; see createTimeView for their kinds. */
  add(item) {
    switch (item.kind) {
      case 'received':
      case 'event':
        this.#event(item.event);
        if (item.kind === 'received') this.#own.push(item);
        break;
      case 'sent':
      case 'replied':
      case 'failed':
      case 'caught-up':
      case 'lost-line':
      case 'resumed':
        if (item.kind !== 'resumed' || this.#own[this.#own.length - 1]?.kind !== 'caught-up') this.#own.push({ time: this.#clock(), ...item });
        break;
      case 'restarted':
        if (item.sameLog) this.#incidents.push({ after: this.#lastTime(), what: 'the service started again', recordedAt: wallOf(item.wall) });
        else this.#begin(item);
        break;
      default:
        break; // a newer page tells of more
    }
    if (this.#events.length > MOST_EVENTS) this.#drop();
    if (this.#own.length > MOST_OWN) this.#own.splice(0, MOST_OWN / 10);
  }

  /** The service has a new log: its Lamport times begin anew, and cannot be compared with those before. */
  #begin({ wall }) {
    this.#events = [];
    this.#own = [];
    this.#incidents = [{ after: 0, what: 'the service began a new log; times before it cannot be compared', recordedAt: wallOf(wall) }];
  }

  #clock() {
    return this.#own.length > 0 ? this.#own[this.#own.length - 1].time : 0;
  }

  #lastTime() {
    return this.#events.length > 0 ? this.#events[this.#events.length - 1].lamportTime : 0;
  }

  /** Events come in order, but a copy may come twice: as an event and as what was received. */
  #event(raw) {
    const event = {
      lamportTime: Number(raw.lamportTime),
      kind: eventKind(raw.type),
      participant: raw.participant,
      text: raw.text ?? '',
      sent: Number(raw.participantLamportTime ?? 0),
      sequence: Number(raw.sequence ?? 0),
      recordedAt: raw.recordedAt,
    };
    let place = this.#events.length;
    while (place > 0 && this.#events[place - 1].lamportTime > event.lamportTime) place--;
    if (place > 0 && this.#events[place - 1].lamportTime === event.lamportTime) return;
    this.#events.splice(place, 0, event);
  }

  #drop() {
    this.#events.splice(0, DROPPED);
    this.#dropped += DROPPED;
    const first = this.#events[0].lamportTime;
    this.#own = this.#own.filter(item => item.time >= first);
    this.#incidents = this.#incidents.filter(incident => incident.after >= first);
  }

  /** The conversation so far, in the shape of `chitty-chat/space-time`. */
  data() {
    const lifelines = this.#lifelines();
    const places = new Map(lifelines.map(({ name }, id) => [name, id]));
    const graph = new Graph();
    const events = new Map(this.#events.map(event => [event.lamportTime, graph.step({
      lifeline: 0, time: event.lamportTime, kind: event.kind, author: event.participant, text: event.text,
      sent: event.sent, sequence: event.sequence, recordedAt: wallOf(event.recordedAt),
    })]));
    const ownNames = this.#ownNames();
    this.#ownSteps(graph, events, places, ownNames);
    const inferred = lifelines.length - 2 <= MOST_INFERRED;
    for (const { id, name, role } of lifelines) {
      if (role === 'participant' && !ownNames.has(name)) this.#othersSteps(graph, events, id, name, inferred);
    }
    const last = Math.max(this.#lastTime(), ...graph.steps.map(({ time }) => time).slice(-1), 0);
    const first = this.#events.length > 0 ? this.#events[0].lamportTime : 1;
    return {
      lifelines,
      ...graph.ordered(lifelines),
      incidents: this.#incidents,
      window: { from: first, to: last, first: this.#dropped > 0 ? 1 : first, last },
    };
  }

  #lifelines() {
    const lifelines = [{ id: 0, role: 'service', name: this.#service, shown: this.#service, presences: [] }];
    const byName = new Map();
    const lifelineOf = name => {
      if (!byName.has(name)) {
        const made = { id: lifelines.length, role: 'participant', name, shown: tame(name), presences: [] };
        byName.set(name, made);
        lifelines.push(made);
      }
      return byName.get(name);
    };
    this.#ownNames().forEach(lifelineOf);
    for (const { kind, participant, lamportTime } of this.#events) {
      const { presences } = lifelineOf(participant);
      const open = presences[presences.length - 1];
      if (kind === 'joined') presences.push({ joined: lamportTime, ended: Infinity, ending: 'open' });
      else if (open === undefined) presences.push({ joined: 0, ended: Infinity, ending: 'open' });
      if (kind === 'left') Object.assign(presences[presences.length - 1], { ended: lamportTime, ending: 'left' });
    }
    return lifelines;
  }

  /** The names under which this page was in the chat, one after the other. One that was refused is not among them: it is somebody else's. */
  #ownNames() {
    const names = new Set(this.#self ? [this.#self] : []);
    for (const { kind, lifeline } of this.#own) if (kind === 'received' && lifeline) names.add(lifeline);
    return names;
  }

  /** The own log, which is known. */
  #ownSteps(graph, events, places, ownNames) {
    if (!this.#self) return;
    const requests = new Map();
    const waiting = [];
    for (const item of this.#own) {
      const { message = {} } = item;
      const name = ownNames.has(item.lifeline) ? item.lifeline : this.#self;
      const rpc = RPC[eventKind(message.type)] ?? String(message.type ?? '');
      const step = more => graph.step({
        lifeline: places.get(name), time: item.time, recordedAt: wallOf(item.wall), rpc, attempt: message.id, sequence: message.sequence ?? 0, ...more,
      });
      switch (item.kind) {
        case 'sent':
          requests.set(item.time, step({ kind: 'request', text: message.text ?? '' }));
          if (rpc === 'Broadcast') waiting.push(requests.get(item.time));
          break;
        case 'received':
          graph.message(events.get(Number(item.event.lamportTime)), step({ kind: 'receipt', rpc: 'Broadcast', text: said(item.event) }), 'broadcast');
          break;
        case 'replied':
          graph.message(events.get(Number(item.lamportTime)), step({ kind: 'reply', received: Number(item.lamportTime) }), 'reply');
          break;
        case 'failed':
          step({ kind: item.refused ? 'refusal' : 'no-answer', text: item.reason ?? '' });
          break;
        case 'caught-up':
          this.#attached(graph, events, item, name, waiting.pop(), step({ kind: 'caught-up', rpc: 'Broadcast', received: Number(item.lamportTime) }));
          break;
        case 'lost-line':
          step({ kind: 'stream-end', text: 'the connection is lost' });
          break;
        default:
          step({ kind: 'caught-up', rpc: 'Broadcast' });
      }
    }
    for (const event of this.#events) {
      const request = requests.get(event.sent);
      if (request?.lifeline === places.get(event.participant)) graph.message(request, events.get(event.lamportTime), 'request');
    }
  }

  /** The notice that everything was sent has the time of the step in which the service accepted the Broadcast, or of a later event. */
  #attached(graph, events, { lamportTime }, author, request, notice) {
    if (request === undefined || request.time >= lamportTime || events.has(Number(lamportTime))) return;
    const attached = graph.step({ lifeline: 0, time: Number(lamportTime), kind: 'attached', rpc: 'Broadcast', author, sent: request.time });
    graph.message(request, attached, 'request');
    graph.message(attached, notice, 'reply');
  }

  /**
   * Another participant: each event tells the clock of its sender. What it received is inferred: an event of time L was received
   * at L + 1 or later; a request sent at L + 2 or later may follow that receipt, an earlier one cannot.
   */
  #othersSteps(graph, events, lifeline, name, inferred) {
    const requests = this.#events.filter(event => event.participant === name && event.sent > 0);
    let clock = 0;
    let present = this.#events.length > 0 && !this.#events.some(event => event.participant === name && event.kind === 'joined');
    let next = 0;
    const send = event => {
      const request = graph.step({
        lifeline, time: event.sent, kind: 'request', rpc: RPC[event.kind], text: event.kind === 'published' ? event.text : '',
        known: 'inferred', sequence: event.sequence,
      });
      graph.message(request, events.get(event.lamportTime), 'request');
      clock = Math.max(clock, event.sent);
    };
    for (const event of this.#events) {
      while (next < requests.length && requests[next].sent <= Math.max(clock, event.lamportTime) + 1) send(requests[next++]);
      if (event.participant === name && event.kind === 'joined') present = true;
      if (event.participant === name && event.kind === 'left') present = false;
      if (!present || !inferred) continue;
      clock = Math.max(clock, event.lamportTime) + 1;
      // A request sent at the next time shows the clock: if the copy had come by then, it came now.
      const shown = next < requests.length && requests[next].sent === clock + 1;
      const receipt = graph.step({ lifeline, time: clock, kind: 'receipt', rpc: 'Broadcast', text: said({ ...event, type: event.kind }), known: shown ? 'shown' : 'at-least' });
      graph.message(events.get(event.lamportTime), receipt, 'broadcast');
    }
    while (next < requests.length) send(requests[next++]);
  }
}
