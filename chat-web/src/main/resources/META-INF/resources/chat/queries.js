// What a participant asks the service for: who is present, past events, and messages with given words.
import { eventOf, number } from './contract.js';

const PAGE = 1000; // the most events or participants in a reply
const FOUND = 50; // the most results of a search in a reply
const MAX_PARTICIPANTS = 20_000;

/** The questions of one session. */
export class Queries {
  #ask;

  /** @param ask makes a call in the session: (rpc, request) => Promise<reply> */
  constructor(ask) {
    this.#ask = ask;
  }

  /** All participants in the order in which they joined, and the Lamport time from which on events change that. */
  async participants() {
    const found = [];
    let asOf;
    let pageToken = '';
    do {
      const reply = await this.#ask('ListParticipants', { pageSize: PAGE, pageToken });
      asOf ??= number(reply.lamportTime);
      found.push(...(reply.participants ?? []).map((one) => ({ name: one.name, joinedAt: number(one.joinedLamportTime) })));
      pageToken = reply.nextPageToken ?? '';
    } while (pageToken !== '' && found.length < MAX_PARTICIPANTS);
    return { participants: found, asOf };
  }

  /** Past events after a Lamport time, in order, at most a page. */
  async events(after, pageSize = PAGE) {
    const reply = await this.#ask('ListEvents', { afterLamportTime: String(after), pageSize });
    return (reply.events ?? []).map(eventOf);
  }

  /** Messages that have all words of a query, the newest first, and the token of the next page. */
  async search(query, pageToken = '') {
    const reply = await this.#ask('SearchEvents', { query, pageSize: FOUND, pageToken });
    return { events: (reply.events ?? []).map(eventOf), nextPageToken: reply.nextPageToken ?? '' };
  }
}
