// A service in memory, with the rules of the contract that a participant meets, and faults on demand.
import { Failure } from '../../main/resources/META-INF/resources/chat/failure.js';

const TYPES = { JOINED: 'EVENT_TYPE_JOINED', PUBLISHED: 'EVENT_TYPE_PUBLISHED', LEFT: 'EVENT_TYPE_LEFT' };

export class FakeService {
  epoch = 'epoch-1';
  clock = 0;
  events = [];
  sessions = new Map();
  calls = []; // { method, request }
  faults = []; // takes (method, request) and the answer as it would be; what it returns or throws is the answer
  #readers = new Set();
  #tokens = 0;

  /** A connection for one participant: what a ConnectTransport is. */
  transport() {
    return {
      unary: async (method, request, { headers } = {}) => {
        this.calls.push({ method, request, headers });
        const fault = this.faults.shift();
        return fault === undefined ? this.#answer(method, request) : fault(method, () => this.#answer(method, request));
      },
      stream: (method, request, options) => this.#stream(request, options),
      isReachable: async () => true,
    };
  }

  /** All streams end, as by a lost connection, or with an error. */
  cut(failure = Failure.ofNetwork('cut')) {
    [...this.#readers].forEach((reader) => {
      reader.failure = failure;
      reader.wake();
    });
  }

  /** All sessions are gone. */
  forgetSessions() {
    for (const [token, { name }] of [...this.sessions]) {
      this.sessions.delete(token);
      this.#append('LEFT', name, 0, `Participant ${name} left`);
    }
  }

  /** Another log begins. */
  newLog() {
    this.epoch = `${this.epoch}+`;
    this.clock = 0;
    this.events = [];
    this.sessions.clear();
  }

  /** Somebody else says something. */
  say(participant, text, sent = 1) {
    return this.#append('PUBLISHED', participant, sent, text);
  }

  texts() {
    return this.events.filter((event) => event.type === TYPES.PUBLISHED).map((event) => event.text);
  }

  #answer(method, request) {
    const session = this.sessions.get(request.sessionToken);
    if (method !== 'Join' && session === undefined) {
      throw refused('unauthenticated', 'SESSION_UNKNOWN');
    }
    switch (method) {
      case 'Join': return this.#join(request);
      case 'Publish': return this.#publish(session, request);
      case 'Leave':
        this.sessions.delete(request.sessionToken);
        return { lamportTime: this.#append('LEFT', session.name, Number(request.lamportTime), `${session.name} left`).lamportTime };
      case 'ListEvents': return {
        events: this.events.filter((event) => Number(event.lamportTime) > Number(request.afterLamportTime)).slice(0, request.pageSize),
        lamportTime: String(this.clock),
      };
      case 'ListParticipants': return {
        participants: [...this.sessions.values()].map(({ name, joined }) => ({ name, joinedLamportTime: joined })),
        lamportTime: String(this.clock),
      };
      default: throw new Failure('unimplemented', method);
    }
  }

  #join({ participantName, lamportTime, requestId }) {
    for (const [token, session] of this.sessions) {
      if (session.name === participantName) {
        if (session.requestId === requestId) {
          return { sessionToken: token, lamportTime: session.joined, epoch: this.epoch, resumeWindow: '5s' };
        }
        throw refused('already_exists', 'NAME_TAKEN');
      }
    }
    const event = this.#append('JOINED', participantName, Number(lamportTime), `Participant ${participantName} joined`);
    const token = `token-${++this.#tokens}`;
    this.sessions.set(token, { name: participantName, joined: event.lamportTime, requestId, sequences: new Map() });
    return { sessionToken: token, lamportTime: event.lamportTime, epoch: this.epoch, resumeWindow: '5s' };
  }

  #publish(session, { text, lamportTime, sequence, previousSequence }) {
    const known = session.sequences.get(sequence);
    if (known !== undefined) {
      return { lamportTime: known, sequence };
    }
    if (Number(previousSequence) > 0 && !session.sequences.has(previousSequence)) {
      throw refused('aborted', 'SEQUENCE_GAP');
    }
    const event = this.#append('PUBLISHED', session.name, Number(lamportTime), text, sequence);
    session.sequences.set(sequence, event.lamportTime);
    return { lamportTime: event.lamportTime, sequence };
  }

  #append(type, participant, sent, text, sequence = '0') {
    this.clock = Math.max(this.clock, sent) + 1;
    const event = {
      lamportTime: String(this.clock), type: TYPES[type], participant, text, participantLamportTime: String(sent), sequence,
      previousLamportTime: String(this.events.at(-1)?.lamportTime ?? 0),
    };
    this.events.push(event);
    [...this.#readers].forEach((reader) => reader.wake());
    return event;
  }

  async *#stream(request, { signal }) {
    this.calls.push({ method: 'Broadcast', request });
    if (request.epoch !== '' && request.epoch !== this.epoch) {
      throw refused('failed_precondition', 'EPOCH_CHANGED');
    }
    const session = this.sessions.get(request.sessionToken);
    if (session === undefined) {
      throw refused('unauthenticated', 'SESSION_UNKNOWN');
    }
    this.clock = Math.max(this.clock, Number(request.lamportTime)) + 1;
    let cursor = Number(request.afterLamportTime) || Number(session.joined) - 1;
    let caughtUp = false;
    const reader = { wake: () => {}, failure: undefined };
    this.#readers.add(reader);
    try {
      while (true) {
        if (reader.failure !== undefined) {
          throw reader.failure;
        }
        const next = this.events.filter((event) => Number(event.lamportTime) > cursor);
        if (next.length > 0) {
          cursor = Number(next.at(-1).lamportTime);
          yield { events: next };
        } else if (!caughtUp) {
          caughtUp = true;
          yield { caughtUp: { lamportTime: String(this.clock) } };
        } else {
          await new Promise((resolve, reject) => {
            reader.wake = resolve;
            signal.addEventListener('abort', () => reject(new Failure('canceled', 'aborted')));
          });
          if (!this.sessions.has(request.sessionToken)) {
            return;
          }
        }
      }
    } finally {
      this.#readers.delete(reader);
    }
  }
}

/** An error of the contract. */
export function refused(code, reason, more = {}) {
  return new Failure(code, reason.toLowerCase(), { reason, ...more });
}
