// Reads the log from the joined event on until the session ends. When the stream breaks, it calls Broadcast again with the last time
// that it has received, so that each event comes once.
import { backoff } from './backoff.js';
import { uniqueId } from './calls.js';
import { eventOf, number } from './contract.js';
import { Failure } from './failure.js';

const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** One session's Broadcast. */
export class Reader {
  #context;
  #membership;
  #listener;
  #cursor;
  #newest;
  #lost;
  #failures = 0;
  #stopped = false;
  #attempt = new AbortController();

  /**
   * @param context clock, transport, steps, sleep
   * @param membership whose session it is
   * @param listener received, caughtUp, missed, stateChanged, completed, ended
   * @param cursor everything up to this time has been received; 0 before the joined event
   * @param newest the newest event received, which the next one must name as its predecessor; 0 for none
   */
  constructor(context, membership, listener, { cursor = 0, newest = 0, lost = false } = {}) {
    this.#context = context;
    this.#membership = membership;
    this.#listener = listener;
    this.#cursor = cursor;
    this.#newest = newest;
    this.#lost = lost;
  }

  get cursor() {
    return this.#cursor;
  }

  get newest() {
    return this.#newest;
  }

  /** Whether the stream is broken and not yet resumed. */
  get isLost() {
    return this.#lost;
  }

  /** Ends the stream, and reports nothing from now on. */
  stop() {
    this.#stopped = true;
    this.#attempt.abort();
  }

  /** Ends this attempt, since its connection is suspect, and makes another one. */
  restart() {
    this.#attempt.abort();
  }

  /** Reads until the session ends. */
  async run() {
    while (!this.#stopped) {
      const failure = await this.#readOnce();
      if (this.#stopped) {
        return;
      }
      this.#membership.log.streamEnded(failure, this.#context.clock.time);
      if (failure === undefined && this.#membership.leaving) {
        this.#listener.completed();
        return;
      }
      const end = failure && endOf(failure);
      if (end) {
        this.#stopped = true;
        this.#listener.ended(end, failure);
        return;
      }
      if (failure?.reason === 'RESUME_POINT_GONE') {
        this.#goOnWithinTheLog(failure);
      }
      await this.#reconnect(failure);
    }
  }

  async #readOnce() {
    const { clock, transport, steps } = this.#context;
    const { token, epoch, log } = this.#membership;
    this.#attempt = new AbortController();
    const time = clock.tick();
    log.sent('Broadcast', time, { after: this.#cursor });
    steps({ kind: 'sent', time, message: { id: uniqueId('Broadcast'), type: 'Broadcast' } });
    const request = { sessionToken: token, afterLamportTime: String(this.#cursor), epoch, lamportTime: String(time) };
    try {
      for await (const message of transport.stream('Broadcast', request, { signal: this.#attempt.signal })) {
        if (this.#stopped) {
          return undefined;
        }
        this.#failures = 0;
        (message.events ?? []).forEach((event) => this.#receive(eventOf(event)));
        if (message.caughtUp && !this.#stopped) {
          this.#receiveCaughtUp(number(message.caughtUp.lamportTime));
        }
      }
      return undefined;
    } catch (e) {
      if (!(e instanceof Failure)) {
        throw e;
      }
      return e.code === 'canceled' ? Failure.ofNetwork('the connection was lost') : e;
    }
  }

  #receive(event) {
    if (this.#stopped || event.lamportTime <= this.#newest) {
      return; // a repeated event
    }
    if (this.#newest > 0 && event.previousLamportTime > this.#newest) {
      this.#listener.missed(this.#newest, event.lamportTime);
    }
    this.#newest = event.lamportTime;
    this.#cursor = Math.max(this.#cursor, event.lamportTime);
    const clock = this.#context.clock.receive(event.lamportTime);
    this.#membership.log.received(event, clock);
    this.#context.steps({ kind: 'event', time: event.lamportTime, event });
    this.#context.steps({ kind: 'received', time: clock, event });
    this.#listener.received(event, clock);
  }

  #receiveCaughtUp(time) {
    this.#cursor = Math.max(this.#cursor, time);
    const clock = this.#context.clock.receive(time);
    this.#membership.log.caughtUp(time, clock);
    this.#context.steps({ kind: 'caught-up', time: clock, lamportTime: time });
    const state = this.#lost ? 'resumed' : 'live';
    this.#lost = false;
    this.#listener.stateChanged(state);
    this.#listener.caughtUp(time);
  }

  /** Moves the cursor into the log, which has lost events at its begin or, so that new events have smaller times, at its end. */
  #goOnWithinTheLog({ metadata }) {
    const oldest = number(metadata.oldest) || 0;
    const end = metadata.newest === undefined ? FOR_EVER : number(metadata.newest);
    if (this.#cursor > end) {
      this.#cursor = end;
      this.#newest = Math.min(this.#newest, end);
      return;
    }
    if (oldest > this.#cursor + 1) {
      this.#listener.missed(this.#newest, oldest);
    }
    this.#cursor = Math.max(this.#cursor, oldest - 1);
    this.#newest = Math.max(this.#newest, this.#cursor); // the events between were reported as missed
  }

  async #reconnect(failure) {
    if (!this.#lost) {
      this.#lost = true;
      this.#listener.stateChanged('lost');
    }
    await this.#context.sleep(Math.max(failure?.retryAfter ?? 0, backoff(++this.#failures)));
    // Only looks for the server meanwhile: calls would move the clock far ahead of the service's.
    while (failure?.isNetwork && !this.#stopped && !(await this.#context.transport.isReachable())) {
      await this.#context.sleep(backoff(++this.#failures));
    }
  }
}

function endOf(failure) {
  if (failure.isPassingForStream || failure.reason === 'RESUME_POINT_GONE') {
    return undefined;
  }
  return ['SUPERSEDED', 'SESSION_UNKNOWN', 'EPOCH_CHANGED'].includes(failure.reason) ? failure.reason : 'REFUSED';
}
