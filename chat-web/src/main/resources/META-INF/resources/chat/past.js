// What was said before: reads it from the service into the conversation, as far as the reader goes back. Nothing of the document.
import { back, between, older } from './history.js';
import { missed, sentence } from './words.js';

/** One tab's way back, over all its sessions. */
export class Past {
  #conversation;
  #session;
  #isLive;
  #inserted;
  #say;
  #reading = false;
  #gaps = []; // between the newest event of a session of this tab and its next join, both exclusive

  atBegin = false; // whether the first event that the service keeps is here
  resumedAfter = 0; // the newest event that a page had before it was loaded again

  /**
   * @param session gives the session
   * @param isLive whether there is a connection
   * @param inserted is told of what was put into the conversation: { at, count }
   * @param say tells the reader how far back the conversation goes
   */
  constructor({ conversation, session, isLive, inserted, say }) {
    this.#conversation = conversation;
    this.#session = session;
    this.#isLive = isLive;
    this.#inserted = inserted;
    this.#say = say;
  }

  /** A new session begins in the log that is here. */
  joined() {
    const after = this.#conversation.newest?.lamportTime;
    if (after !== undefined) {
      this.#gaps.push({ after, before: this.#session().joinedAt });
    }
  }

  /** Another log begins. */
  newLog() {
    this.#gaps = [];
    this.atBegin = false;
    this.resumedAfter = 0;
  }

  /** Reads what was said while this tab was away. A gap that stays is shown. */
  async fillGaps() {
    for (const gap of [...this.#gaps]) {
      await this.#fill(gap);
    }
  }

  async #fill(gap) {
    const { after, before } = gap;
    const asked = this.#asked();
    let found;
    try {
      found = await between(asked.events, after, before + 1, true); // the join names the event before it
    } catch {
      if (!this.#isLive()) {
        return; // it is read when there is a connection again
      }
    }
    if (!asked.isCurrent() || !this.#gaps.includes(gap)) {
      return;
    }
    this.#gaps = this.#gaps.filter((one) => one !== gap);
    const [first] = found ?? [{ lamportTime: before, previousLamportTime: before }];
    this.#inserted(this.#conversation.put(found ?? []));
    if (first?.previousLamportTime > after) {
      this.#inserted(this.#conversation.noticeBefore(first.lamportTime, missed(after, first.lamportTime)));
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
        this.#inserted(this.#conversation.put(found));
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
      this.#inserted(this.#conversation.put(found));
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
