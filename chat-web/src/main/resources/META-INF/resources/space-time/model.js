// A conversation as a graph: processes, their steps, and messages between steps. No DOM.
import { tame } from '../chat/text.js';

const EVENT_KINDS = new Set(['joined', 'published', 'left']);
const SERVICE_KINDS = new Set([...EVENT_KINDS, 'attached']);

/** Whether a step is one of the service. */
export function isOfService(step) {
  return SERVICE_KINDS.has(step.kind);
}

/**
 * A conversation, from data in the shape of `chitty-chat/space-time`. The steps stand in a possible order: those of a process in
 * its own order, a message sent before it is received. An id is a place in its list.
 */
export class Model {
  constructor(data) {
    this.lifelines = data.lifelines;
    this.steps = data.steps;
    this.messages = data.messages;
    this.incidents = data.incidents ?? [];
    this.violations = this.#findViolations(data.violations);
    this.faults = this.#findFaults();
    this.window = data.window;
    this.service = data.lifelines.findIndex(lifeline => lifeline.role === 'service');
    this.#linkLifelines();
    this.incoming = adjacency(this.steps.length, this.messages, message => message.to);
    this.outgoing = adjacency(this.steps.length, this.messages, message => message.from);
    this.#findRequests();
    this.events = this.steps.filter(step => EVENT_KINDS.has(step.kind)).map(step => step.id);
    this.talk = this.#findTalk();
    this.talkOf = new Map();
    this.talk.forEach((said, index) => {
      this.talkOf.set(said.event, index);
      if (said.request >= 0) this.talkOf.set(said.request, index);
    });
  }

  /** What a checker found, if one has looked, each with its step, if it is here; otherwise what can be seen here: times that are not later than their causes. */
  #findViolations(checked) {
    return checked ?? this.steps.filter(({ broken }) => broken).map(({ id, time, summary }) => ({
      step: id, what: `${time} is not later than its cause: ${summary}`,
    }));
  }

  /** What is wrong with a step, by its id. */
  #findFaults() {
    const faults = new Map();
    const add = (id, what) => faults.set(id, [...(faults.get(id) ?? []), what]);
    for (const { step, what } of this.violations) if (step >= 0) add(step, what);
    for (const { id, broken } of this.steps) if (broken && !faults.has(id)) add(id, 'broken: not later than its cause');
    return faults;
  }

  #linkLifelines() {
    const count = this.steps.length;
    this.previous = new Int32Array(count).fill(-1);
    this.next = new Int32Array(count).fill(-1);
    this.ofLifeline = this.lifelines.map(() => []);
    for (const step of this.steps) {
      const own = this.ofLifeline[step.lifeline];
      if (own.length > 0) {
        this.previous[step.id] = own[own.length - 1];
        this.next[own[own.length - 1]] = step.id;
      }
      own.push(step.id);
    }
  }

  /** What became of each request, and which requests repeat one message. */
  #findRequests() {
    this.fate = new Map();
    this.answered = new Map();
    this.attempts = new Map();
    for (const own of this.ofLifeline) {
      const open = new Map();
      let attempts = new Map();
      for (const id of own) {
        const step = this.steps[id];
        if (step.kind === 'request') {
          open.set(step.rpc, [...(open.get(step.rpc) ?? []).slice(-64), id]);
          this.fate.set(id, { arrived: this.eventOf(id) >= 0, answer: -1 });
          const key = attemptOf(step);
          if (key) {
            const same = attempts.get(key) ?? [];
            same.push(id);
            attempts.set(key, same);
            this.attempts.set(id, same);
          }
        } else if (['reply', 'refusal', 'no-answer', 'caught-up'].includes(step.kind)) {
          const waiting = open.get(step.rpc) ?? [];
          const asked = this.#asked(step, waiting);
          if (asked >= 0) {
            this.fate.get(asked).answer = id;
            this.answered.set(id, asked);
            if (step.kind === 'reply' && step.rpc === 'Join') attempts = new Map(); // each session counts anew
            open.set(step.rpc, waiting.filter(other => other !== asked));
          }
        }
      }
    }
  }

  /** The request that a step answers: that of the same message if the log says which, otherwise the oldest. */
  #asked(step, waiting) {
    const key = attemptOf(step);
    if (key) return waiting.find(id => attemptOf(this.steps[id]) === key) ?? -1;
    return waiting[0] ?? -1;
  }

  /** The step of the service that a request led to; -1 if none is known. */
  eventOf(request) {
    for (const id of this.outgoing.of(request)) {
      if (this.messages[id].kind === 'request') return this.messages[id].to;
    }
    return -1;
  }

  /** The step in which a step's message was sent; -1 if it received none. */
  causeOf(id) {
    const incoming = this.incoming.of(id);
    return incoming.length > 0 ? this.messages[incoming[0]].from : -1;
  }

  /** `lost` if nothing shows that a request arrived, `unanswered` if it arrived and its reply did not, otherwise empty. */
  lossOf(request) {
    const fate = this.fate.get(request);
    if (fate === undefined || fate.answer < 0 || this.steps[fate.answer].kind !== 'no-answer') return '';
    return fate.arrived ? 'unanswered' : 'lost';
  }

  /**
   * What was said, in the order of the service, and what its author had received before sending it.
   *
   * `knew` is the Lamport time of the newest event that the author had received. It is certain if the author's own log tells;
   * otherwise only the author's clock is known, which must have been beyond `knew` + 1.
   */
  #findTalk() {
    const knew = this.#newestReceived();
    const talk = [];
    for (const event of this.events) {
      const step = this.steps[event];
      if (step.kind !== 'published') continue;
      const request = this.#requestOf(event);
      const sent = request >= 0 ? this.steps[request].time : step.sent ?? 0;
      const certain = request >= 0 && this.steps[request].known !== 'inferred';
      talk.push({
        event,
        request,
        author: this.authorOf(step),
        who: tame(this.authorOf(step)), // what can be shown
        time: step.time,
        sent,
        text: step.text,
        certain,
        knew: certain ? knew[request] : sent > 0 ? Math.max(0, sent - 2) : Infinity,
      });
    }
    return talk;
  }

  #requestOf(event) {
    for (const id of this.incoming.of(event)) {
      if (this.messages[id].kind === 'request') return this.messages[id].from;
    }
    return -1;
  }

  /** For each step of a participant the Lamport time of the newest event that it had received until then. */
  #newestReceived() {
    const newest = new Float64Array(this.steps.length);
    for (const own of this.ofLifeline) {
      let time = 0;
      for (const id of own) {
        const step = this.steps[id];
        if (step.kind === 'receipt') {
          const cause = this.causeOf(id);
          time = Math.max(time, cause >= 0 ? this.steps[cause].time : 0);
        }
        newest[id] = time;
      }
    }
    return newest;
  }

  /** The name of the participant that a step of the service, or its copy, is about; empty if it is unknown. */
  authorOf(step) {
    if (step.author !== undefined) return step.author;
    if (!isOfService(step)) {
      const cause = step.kind === 'receipt' ? this.causeOf(step.id) : -1;
      return cause >= 0 ? this.authorOf(this.steps[cause]) : this.lifelines[step.lifeline].name;
    }
    const request = this.#requestOf(step.id);
    return request >= 0 ? this.lifelines[this.steps[request].lifeline].name : '';
  }

  /** The message that a step is about: its request, its event, a copy, or the reply to it; -1 for other steps. */
  talkAbout(id) {
    const direct = this.talkOf.get(id);
    if (direct !== undefined) return direct;
    const kind = this.steps[id].kind;
    const cause = kind === 'receipt' || kind === 'reply' ? this.causeOf(id) : -1;
    return cause >= 0 ? this.talkOf.get(cause) ?? -1 : -1;
  }

  /** The step with a Lamport time, the service's if it has one; -1 if there is none. */
  at(time) {
    const own = this.service >= 0 ? this.ofLifeline[this.service] : [];
    const place = firstAtLeast(own, id => this.steps[id].time, time);
    if (place < own.length && this.steps[own[place]].time === time) return own[place];
    return this.steps.findIndex(step => step.time === time);
  }
}

/** What the attempts at one request have in common: the page's own mark, or the number of the message. */
function attemptOf(step) {
  return step.attempt ?? step.sequence;
}

/** The first place in a sorted list whose value is at least a limit; the length if there is none. */
export function firstAtLeast(list, value, limit) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value(list[middle]) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** For each step the ids of its messages, in two flat arrays: 100,000 small lists would cost more than all else. */
function adjacency(count, messages, end) {
  const starts = new Int32Array(count + 1);
  for (const message of messages) starts[end(message) + 1]++;
  for (let i = 0; i < count; i++) starts[i + 1] += starts[i];
  const places = starts.slice();
  const ids = new Int32Array(messages.length);
  messages.forEach((message, id) => { ids[places[end(message)]++] = id; });
  return { of: step => ids.subarray(starts[step], starts[step + 1]) };
}
