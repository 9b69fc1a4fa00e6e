// What was said before: reads it from the service into the conversation, as far as the reader goes back. Nothing of the document.
import { back, between, older } from './history.js';
import { sentence } from './words.js';

/** One tab's way back, over all its sessions. */
export class Past {
  #conversation;
  #session;
  #isLive;
  #put;
  #say;
  #reading = false;
  #gapAfter; // the newest event of this tab's session before, after which others were said while it was away

  atBegin = false; // whether the first event that the service keeps is here
  resumedAfter = 0; // the newest event that a page had before it was loaded again

  /**
   * @param session gives the session
   * @param isLive whether there is a connection
   * @param put puts events where they belong
   * @param say tells the reader how far back the conversation goes
   */
  constructor({ conversation, session, isLive, put, say }) {
    this.#conversation = conversation;
    this.#session = session;
    this.#isLive = isLive;
    this.#put = put;
    this.#say = say;
  }

  /** A new session begins in the log that is here. */
  joined() {
    this.#gapAfter = this.#conversation.newest?.lamportTime;
  }

  /** Another log begins. */
  newLog() {
    this.#gapAfter = undefined;
    this.atBegin = false;
    this.resumedAfter = 0;
  }

  /** Reads what was said since this tab left. */
  async fillGap() {
    const gapAfter = this.#gapAfter;
    this.#gapAfter = undefined;
    if (gapAfter !== undefined) {
      const asked = this.#asked();
      const found = await between(asked.events, gapAfter, this.#session().joinedAt).catch(() => []);
      if (asked.isCurrent()) {
        this.#put(found);
      }
    }
  }

  /** Reads older events, once at a time. */
  async readBack() {
    if (this.#reading || this.atBegin || !this.#isLive()) {
      return;
    }
    this.#reading = true;
    const asked = this.#asked();
    const oldest = this.#oldest();
    try {
      const found = oldest === undefined ? [] : await older(asked.events, oldest);
      if (asked.isCurrent()) {
        this.#put(found);
        this.atBegin = found.length === 0;
        this.#say(this.atBegin ? 'The conversation begins here.' : '');
      }
    } catch (failure) {
      if (asked.isCurrent()) {
        this.#say(sentence(failure));
      }
    } finally {
      this.#reading = false;
    }
    if (!asked.isCurrent()) {
      await this.readBack(); // the session is another one
    }
  }

  /** Reads older events back to a Lamport time, unless that is too far. */
  async readBackTo(time) {
    const asked = this.#asked();
    const oldest = this.#oldest();
    const found = oldest === undefined ? undefined : await back(asked.events, oldest, time);
    if (found !== undefined && asked.isCurrent()) {
      this.#put(found);
    }
  }

  /** How to ask for events in the session that is here, and whether it still is. */
  #asked() {
    const session = this.#session();
    const { generation } = session;
    return {
      events: (after, size) => session.events(after, size),
      isCurrent: () => session === this.#session() && generation === session.generation,
    };
  }

  /** The oldest event that is here, or where a page that came back has to read back from, as long as nothing has come. */
  #oldest() {
    const point = { lamportTime: this.resumedAfter + 1, previousLamportTime: this.resumedAfter };
    return this.#conversation.oldest ?? (this.resumedAfter > 0 ? point : undefined);
  }
}
