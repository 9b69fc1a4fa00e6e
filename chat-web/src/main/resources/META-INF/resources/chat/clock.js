// The Lamport clock of a participant (L. Lamport, CACM 21(7), 1978). All times of a service stay below 2^53, so numbers are exact.

/** No service reaches greater times. A clock that followed them could lose precision. */
const CREDIBLE = Number.MAX_SAFE_INTEGER / 2;

/** Counts a participant's steps, and follows the times that it receives. */
export class LamportClock {
  #time;
  #listener;

  /** @param listener is told each new time */
  constructor(time = 0, listener = () => {}) {
    this.#time = time;
    this.#listener = listener;
  }

  get time() {
    return this.#time;
  }

  /** The time of a request that is about to be sent. */
  tick() {
    return this.#advance(this.#time + 1);
  }

  /** The time of receiving a message: max(own, received) + 1. A received time that no service reaches counts as none. */
  receive(received) {
    const credible = Number.isSafeInteger(received) && received >= 0 && received < CREDIBLE;
    return this.#advance((credible ? Math.max(this.#time, received) : this.#time) + 1);
  }

  /** A new log is a new system, in which time begins again. */
  restart() {
    this.#advance(0);
  }

  #advance(time) {
    this.#time = time;
    this.#listener(time);
    return time;
  }
}
