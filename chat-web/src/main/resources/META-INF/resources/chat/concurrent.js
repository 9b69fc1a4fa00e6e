// Which messages were said by people who did not know of each other's.
//
// Let a message have its place at Lamport time L, and let its author have sent it at its own time p. For everything that it receives with
// time t, a participant's clock becomes at least t + 1, and it adds one for sending. So whoever sends at p has received nothing from the
// service with a time above p - 2. All that a participant knows of others comes from the service. Hence, of two messages of different
// authors, the one with the later place was sent without knowing of the other if
//
//     L of the earlier >= p of the later - 1.
//
// The earlier one cannot have known of the later one, which had no place yet. So the two are concurrent, whoever looks at them: the rule
// needs nothing but the two events. It never calls two messages concurrent that are not. It may miss some that are: a clock may be ahead
// for other reasons than having received the message (own requests move it, too). What is not marked may or may not have been known.

/** Whether two messages are certainly concurrent. `earlier` has the smaller Lamport time. */
export function areConcurrent(earlier, later) {
  return earlier.type === 'PUBLISHED' && later.type === 'PUBLISHED'
    && earlier.participant !== later.participant
    && later.participantLamportTime > 0
    && earlier.lamportTime < later.lamportTime
    && earlier.lamportTime >= later.participantLamportTime - 1;
}

/** A monologue is remembered only so far: what another author says later is compared with its end. */
const MAX_MONOLOGUE = 50;

/**
 * Puts messages that follow each other into groups in which any two messages of different authors are concurrent. A message is in one
 * group at most, so two messages that are concurrent may be in different groups.
 */
export class Grouping {
  #group = [];
  #mixed = false; // whether the group has several authors

  /**
   * The next item, in order; items without a message neither begin nor end a group. Sets `group` of those items that are in a group of
   * several authors to the list of its items.
   */
  add(item) {
    const { event } = item;
    item.group = undefined;
    if (event?.type !== 'PUBLISHED') {
      return;
    }
    // If the first message of another author is concurrent with this one, so are the later ones: their Lamport times are greater.
    const other = this.#group.find((one) => one.event.participant !== event.participant);
    if (this.#mixed && !areConcurrent(other.event, event)) {
      this.#group = [];
      this.#mixed = false;
    } else if (!this.#mixed && other !== undefined) {
      this.#group = this.#group.filter((one) => areConcurrent(one.event, event));
      this.#mixed = this.#group.length > 0;
      this.#group.forEach((one) => (one.group = this.#group));
    } else if (!this.#mixed && this.#group.length >= MAX_MONOLOGUE) {
      this.#group.shift();
    }
    this.#group.push(item);
    if (this.#mixed) {
      item.group = this.#group;
    }
  }
}
