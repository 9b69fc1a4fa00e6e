// The participant's log: one logfmt record for each message that it sent or received. docs/participant-log.md defines it.
import { safe } from './text.js';

/** So many records are kept; older ones are dropped, as by a log that is rotated. */
const MAX_RECORDS = 50_000;

const PLAIN = /^[!#-<>-[\]-~\p{L}\p{Nd}]+$/u;

/** One record: key=value, quoted where it has to be. */
export function logfmt(pairs) {
  return Object.entries(pairs)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${quoted(String(value))}`)
    .join(' ');
}

function quoted(value) {
  if (PLAIN.test(value)) {
    return value;
  }
  return `"${value.replace(/["\\]|[^"\\]+/gu, (part) => (part === '"' || part === '\\' ? `\\${part}` : safe(part)))}"`;
}

/** The name of a participant's log file. */
export function fileName(participant) {
  const bytes = new TextEncoder().encode(participant);
  const encoded = Array.from(bytes, (b) =>
    /[A-Za-z0-9._-]/.test(String.fromCharCode(b)) && b < 0x80
      ? String.fromCharCode(b)
      : `%${b.toString(16).toUpperCase().padStart(2, '0')}`);
  return `participant-${encoded.join('')}.log`;
}

/** Writes what one participant sends and receives. `clock` is its own Lamport time after the step. */
export class ParticipantLog {
  #participant;
  #now;
  #lines;

  constructor(participant, { now = () => new Date(), lines = [] } = {}) {
    this.#participant = participant;
    this.#now = now;
    this.#lines = [...lines];
  }

  get lines() {
    return this.#lines;
  }

  /** All of it, as a file has it. */
  text() {
    return this.#lines.map((line) => `${line}\n`).join('');
  }

  sent(rpc, clock, more = {}) {
    this.#write('send', rpc, { clock, ...more });
  }

  answered(rpc, lamport, clock, more = {}) {
    this.#write('reply', rpc, { outcome: 'OK', lamport, clock, ...more });
  }

  refused(rpc, failure, clock, more = {}) {
    this.#write('reply', rpc, { outcome: failure.outcome, reason: failure.reason, clock, ...more });
  }

  received(event, clock) {
    this.#write('receive', 'Broadcast', {
      event: event.type.toLowerCase(),
      lamport: event.lamportTime,
      clock,
      from: event.participant,
      sent: event.participantLamportTime,
      text: event.text,
    });
  }

  caughtUp(lamport, clock) {
    this.#write('receive', 'Broadcast', { event: 'caught_up', lamport, clock });
  }

  streamEnded(failure, clock) {
    this.#write('end', 'Broadcast', { outcome: failure?.outcome ?? 'OK', reason: failure?.reason, clock });
  }

  #write(kind, rpc, more) {
    const head = { time: this.#now().toISOString(), participant: this.#participant, kind, rpc };
    this.#lines.push(logfmt({ ...head, ...more }));
    if (this.#lines.length > MAX_RECORDS) {
      this.#lines.splice(0, MAX_RECORDS / 10);
    }
  }
}
