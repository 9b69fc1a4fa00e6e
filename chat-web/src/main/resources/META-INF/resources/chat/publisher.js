// Sends a session's messages one after the other, each until it has a reply, so that it is in the chat once. A message may outlive the
// session in which it was first sent; then the log tells whether it was published.
import { number } from './contract.js';
import { Failure } from './failure.js';

/** The messages that are not yet seen in the chat, in order. */
export class Publisher {
  #caller;
  #membership;
  #listener;
  #connected;
  #pending = [];
  #lastSequence = 0;
  #predecessor = 0; // the newest sequence that the service has acknowledged: what the next message names as the one before it
  #generation = 0;
  #pumping = false;
  #suspended = true;
  #ids = 0;
  #idle = [];

  /**
   * @param listener changed(pending), failed(message, failure), unknown() when the service does not know the session
   * @param connected waits until there is a connection, perhaps after a failure
   */
  constructor(caller, membership, listener, connected) {
    this.#caller = caller;
    this.#membership = membership;
    this.#listener = listener;
    this.#connected = connected;
  }

  /** Messages without a place in the conversation: { id, text, place }, where place is 0 before the reply. */
  get pending() {
    return this.#pending;
  }

  publish(text) {
    const message = { id: ++this.#ids, text, sequence: 0, sent: false, mayHaveBeenDone: false, place: 0, found: 0 };
    this.#pending.push(message);
    this.#listener.changed(this.#pending);
    this.#pump();
    return message;
  }

  /** Completes when all messages have a reply, or the session ends. */
  settled() {
    return this.#next() === undefined ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  /** The session is lost: sends nothing until there is a new one. */
  suspend() {
    this.#suspended = true;
    this.#generation++;
  }

  /** There is a new session, in which numbers begin again; but nothing is sent yet. */
  renew(sameLog) {
    this.#lastSequence = 0;
    this.#predecessor = 0;
    if (!sameLog) {
      this.#pending = this.#pending.filter((message) => message.place === 0); // the others have a place, in a log that is gone
      this.#listener.changed(this.#pending);
    }
  }

  /** Compares the messages with an event of their author, which may be one of them. */
  compare(event) {
    for (const message of this.#pending) {
      if (message.sent && message.sequence === event.sequence && message.text === event.text) {
        message.found = event.lamportTime;
      }
    }
  }

  /** An event of this participant is shown: what it was made of waits no longer. */
  seen(event) {
    const left = this.#pending.filter((message) => message.place !== event.lamportTime && message.found !== event.lamportTime);
    if (left.length < this.#pending.length) {
      this.#pending = left;
      this.#listener.changed(left);
    }
  }

  /** Begins to send; first, what was sent in an earlier session is settled by the log, if that is whole. */
  resume({ logIsWhole = true, newSession = false } = {}) {
    this.#suspended = false;
    if (newSession) {
      const lost = (message) => !logIsWhole && message.sent && message.mayHaveBeenDone && message.found === 0;
      const open = this.#pending.filter((message) => message.place === 0);
      open.filter(lost).forEach((message) =>
        this.#fail(message, new Failure('unknown', 'the session ended, and its log is gone')));
      open.forEach((message) => Object.assign(message, { sent: false, mayHaveBeenDone: false, sequence: 0 }));
    }
    this.#pump();
  }

  end() {
    this.suspend();
    this.#idle.splice(0).forEach((resolve) => resolve());
  }

  /** What a page that is loaded again needs to go on. */
  snapshot() {
    return { pending: this.#pending, lastSequence: this.#lastSequence, predecessor: this.#predecessor, ids: this.#ids };
  }

  restore({ pending, lastSequence, predecessor, ids }) {
    this.#pending = pending;
    this.#lastSequence = lastSequence;
    this.#predecessor = predecessor;
    this.#ids = ids;
    this.#listener.changed(pending);
  }

  #next() {
    return this.#pending.find((message) => message.place === 0 && message.found === 0);
  }

  async #pump() {
    if (this.#pumping) {
      return;
    }
    this.#pumping = true;
    try {
      for (let message = this.#next(); message && !this.#suspended; message = this.#next()) {
        await this.#send(message);
      }
    } finally {
      this.#pumping = false;
    }
    if (this.#next() === undefined) {
      this.#idle.splice(0).forEach((resolve) => resolve());
    }
  }

  async #send(message) {
    const generation = this.#generation;
    await this.#connected(); // what is not sent can be sent in any session
    if (generation !== this.#generation) {
      return;
    }
    message.sequence ||= ++this.#lastSequence;
    message.sent = true;
    const { sequence, text, mayHaveBeenDone: before } = message; // an attempt of a page that was here before counts as well
    const request = (time) => ({
      sessionToken: this.#membership.token,
      text,
      lamportTime: String(time),
      sequence: String(sequence),
      previousSequence: String(this.#predecessor),
    });
    try {
      const reply = await this.#caller.call('Publish', request, {
        message: { id: `Publish-${this.#membership.generation}-${sequence}`, text, sequence },
        sent: { sequence, text },
        answered: () => ({ sequence }),
        amended: (failure) => this.#dropIfLost(failure),
      }, {
        log: this.#membership.log,
        persistent: true,
        over: () => generation !== this.#generation,
        connected: this.#connected,
        underWay: (mayHaveBeenDone) => (message.mayHaveBeenDone = before || mayHaveBeenDone),
      });
      if (reply !== undefined) {
        this.#predecessor = sequence;
        this.#placed(message, number(reply.lamportTime));
      }
    } catch (failure) {
      if (generation !== this.#generation) {
        return; // the log decides
      }
      if (failure.reason === 'SESSION_UNKNOWN') {
        this.#listener.unknown();
        this.#suspended = true;
      } else {
        failure.mayHaveBeenDone ||= before;
        this.#fail(message, failure);
      }
    }
  }

  #placed(message, time) {
    message.place = time;
    if (this.#membership.newest >= time) {
      this.seen({ lamportTime: time }); // its event came before the reply
    } else {
      this.#listener.changed(this.#pending);
    }
  }

  /** A service that has lost the message before this one refuses this one; it cannot be told which came first any more. */
  #dropIfLost(failure) {
    const lost = failure.reason === 'SEQUENCE_GAP' && this.#predecessor !== 0;
    if (lost) {
      this.#predecessor = 0;
    }
    return lost;
  }

  #fail(message, failure) {
    this.#pending = this.#pending.filter((one) => one !== message);
    this.#listener.changed(this.#pending);
    this.#listener.failed(message, failure);
  }
}
