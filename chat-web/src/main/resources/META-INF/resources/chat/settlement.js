// What was pending when a session was lost may have been published in it. The log tells, once it was read up to the join of the next
// session; what it does not have is published then.

/** The messages of a lost session, until they are settled. */
export class Settlement {
  #publisher;
  #joinedAt; // of the next session; undefined if nothing is unsettled
  #missed = false; // whether events are missed among which a message may be whose outcome is not known
  #ownLeftSeen = false; // later messages under the name may be those of another participant

  constructor(publisher) {
    this.#publisher = publisher;
  }

  get isPending() {
    return this.#joinedAt !== undefined;
  }

  /** The next session has begun. */
  begin(joinedAt, newLog) {
    this.#joinedAt = joinedAt;
    this.#missed ||= newLog;
  }

  /** Events did not come. */
  missed() {
    this.#missed ||= this.isPending || this.#publisher.pending.some((message) => message.mayHaveBeenDone);
  }

  /** An event under the own name came. */
  compare(event) {
    this.#ownLeftSeen ||= event.type === 'LEFT' && this.isPending;
    if (!this.#ownLeftSeen && event.type === 'PUBLISHED') {
      this.#publisher.compare(event);
    }
  }

  /** The log was read up to a Lamport time. */
  readTo(time) {
    if (this.isPending && time >= this.#joinedAt) {
      this.#joinedAt = undefined;
      this.#ownLeftSeen = false;
      this.#publisher.resume({ newSession: true, logIsWhole: !this.#missed });
      this.#missed = false;
    }
  }

  restore(saved) {
    ({ resumeFrom: this.#joinedAt, missedBefore: this.#missed = false, ownLeftSeen: this.#ownLeftSeen = false } = saved ?? {});
  }

  /** What restore needs. */
  snapshot() {
    return { resumeFrom: this.#joinedAt, missedBefore: this.#missed, ownLeftSeen: this.#ownLeftSeen };
  }
}
