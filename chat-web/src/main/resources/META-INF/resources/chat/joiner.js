// How a participant joins. A Join whose outcome is not known is repeated under its id, so that it makes one session.

/** The Joins of one participant, under one name. */
export class Joiner {
  #caller;
  #context;
  #request;
  #token = '';

  requestId;

  /**
   * @param caller makes the calls
   * @param context clock, steps
   * @param name who joins
   * @param requestId random
   */
  constructor({ caller, context, name, requestId = randomId() }) {
    this.#caller = caller;
    this.#context = context;
    this.#request = { participantName: name };
    this.requestId = requestId;
  }

  /** @param token for a service that requires one; it stays in memory */
  show(token) {
    this.#token = token;
  }

  /** The next Join is for another session. */
  renew() {
    this.requestId = randomId();
  }

  /**
   * Joins; gives the reply, and whether it is of another log than that of the epoch; undefined if nobody wants it any more.
   *
   * @param epoch of the log that this participant was in; empty for none
   * @param options of the call
   */
  async join(epoch, options) {
    let newLog = false;
    const about = {
      headers: this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` },
      answered: (reply) => ({ epoch: reply.epoch }),
      arrived: (reply, sent) => {
        newLog = epoch !== '' && epoch !== reply.epoch;
        if (newLog) {
          this.#beginNewLog(sent);
        }
      },
      amended: (failure) => this.#clockIsOfAnotherLog(failure),
    };
    const request = (time) => ({ ...this.#request, lamportTime: String(time), requestId: this.requestId });
    try {
      const reply = await this.#caller.call('Join', request, about, options);
      return reply && { reply, newLog };
    } catch (failure) {
      failure.hadToken = this.#token !== '';
      throw failure;
    }
  }

  #beginNewLog(sent) {
    this.#context.clock.restart();
    this.#context.steps({ kind: 'restarted', wall: new Date() });
    this.#context.steps(sent); // the Join is the first step there
  }

  #clockIsOfAnotherLog(failure) {
    const far = failure.reason === 'LAMPORT_TIME_TOO_FAR_AHEAD';
    if (far) {
      this.#context.clock.restart();
    }
    return far;
  }
}

function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}
