// Unary calls that are repeated if their reply is lost or the service refuses for now. Each attempt ticks the clock and is logged.
import { backoff } from './backoff.js';
import { number } from './contract.js';
import { Failure } from './failure.js';

const DEADLINE = 10_000; // ms for a call over all its attempts, unless it is persistent

/** What a call is; all but `rpc` and `request` may be left out. */
const PLAIN = {
  message: undefined, // what the record of the step says beyond the method: an id, a text
  sent: {}, // more fields of the log's records
  answered: () => ({}),
  arrived: () => {}, // gets the reply, before its time moves the clock, and the step in which its request was sent
  amended: () => false, // gets a refusal; whether it has changed the next request, which may succeed then
  headers: {},
};

let calls = 0;

/** A name for a request that no other request of this tab has, also after the page was loaded again. */
export function uniqueId(rpc) {
  return `${rpc}-${Math.floor(performance.timeOrigin).toString(36)}-${++calls}`;
}

/** Makes a participant's calls. */
export class Caller {
  #transport;
  #clock;
  #steps;
  #sleep;

  /**
   * @param steps is told of what is sent and answered
   * @param sleep waits for so many ms
   */
  constructor({ transport, clock, steps, sleep }) {
    this.#transport = transport;
    this.#clock = clock;
    this.#steps = steps;
    this.#sleep = sleep;
  }

  /**
   * Makes a call; fails with Failure, which has `mayHaveBeenDone` if the effect of an attempt is unknown.
   *
   * @param request makes the request of an attempt from its Lamport time
   * @param persistent whether to go on for ever while failures may pass
   * @param over whether nobody wants the result any more; then it ends with undefined
   * @param connected waits, after a failure, until there is a connection again
   */
  async call(rpc, request, about, { log, persistent = false, over = () => false, connected, underWay = () => {} } = {}) {
    const { message, sent, answered, arrived, amended, headers } = { ...PLAIN, ...about };
    const id = message?.id ?? uniqueId(rpc);
    const deadline = Date.now() + DEADLINE;
    let mayHaveBeenDone = false;
    for (let failures = 1; !over(); failures++) {
      const time = this.#clock.tick();
      log?.sent(rpc, time, sent);
      const step = { kind: 'sent', time, message: { ...message, id, type: rpc } };
      this.#steps(step);
      underWay(true);
      try {
        const reply = await this.#transport.unary(rpc, request(time), { headers });
        if (over()) {
          return undefined;
        }
        arrived(reply, step);
        const lamport = number(reply.lamportTime);
        const clock = this.#clock.receive(lamport);
        log?.answered(rpc, lamport, clock, answered(reply));
        this.#steps({ kind: 'replied', time: clock, lamportTime: lamport, message: { id, type: rpc } });
        return reply;
      } catch (e) {
        const failure = e instanceof Failure ? e : Failure.ofNetwork(String(e));
        mayHaveBeenDone ||= !failure.isRefusal;
        underWay(mayHaveBeenDone);
        if (over()) {
          return undefined;
        }
        log?.refused(rpc, failure, this.#clock.time, answered({}));
        const { reason, outcome, isRefusal } = failure;
        this.#steps({ kind: 'failed', time: this.#clock.time, reason: reason ?? outcome, refused: isRefusal, message: { id, type: rpc } });
        const again = amended(failure)
          || (failure.isPassing && (persistent || (await this.#isWorthRepeating(failure, deadline))));
        if (!again) {
          failure.mayHaveBeenDone = mayHaveBeenDone;
          throw failure;
        }
        await this.#sleep(Math.max(failure.retryAfter, backoff(failures)));
        if (failure.isNetwork) {
          await connected?.(failure);
        }
      }
    }
    return undefined;
  }

  async #isWorthRepeating(failure, deadline) {
    return Date.now() + failure.retryAfter < deadline && (!failure.isNetwork || (await this.#transport.isReachable()));
  }
}
