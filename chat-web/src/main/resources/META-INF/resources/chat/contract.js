// Messages of the contract as JavaScript has them: numbers for Lamport times (they stay below 2^53), short names for types.

const TYPES = {
  EVENT_TYPE_JOINED: 'JOINED', EVENT_TYPE_PUBLISHED: 'PUBLISHED', EVENT_TYPE_LEFT: 'LEFT', 1: 'JOINED', 2: 'PUBLISHED', 3: 'LEFT',
};

/** A number that JSON has as a string, or leaves out if it is 0. */
export function number(value) {
  return Number(value ?? 0);
}

/** An event. `recordedAt` is a Date, or undefined. */
export function eventOf(json) {
  return {
    lamportTime: number(json.lamportTime),
    type: TYPES[json.type] ?? 'UNSPECIFIED',
    participant: json.participant ?? '',
    text: json.text ?? '',
    participantLamportTime: number(json.participantLamportTime),
    sequence: number(json.sequence),
    recordedAt: json.recordedAt === undefined ? undefined : new Date(json.recordedAt),
    previousLamportTime: number(json.previousLamportTime),
  };
}

/** A duration such as "5s" or "2.500s", in ms. */
export function millis(duration) {
  return Number.parseFloat(duration ?? '0') * 1000;
}
