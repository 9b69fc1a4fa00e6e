// The conversation as it is seen: what comes is put into it, shown, counted and read out; what was before is read when it is wanted.
import { Conversation, Presence } from '../chat/conversation.js';
import { Past } from '../chat/past.js';
import { Announcer } from './announcer.js';
import { find } from './dom.js';
import { RowList } from './list.js';
import { People } from './people.js';
import { bracket, rowOf } from './rows.js';
import { Unread } from './unread.js';

const MARKED = 3000; // ms for which an event that was searched for is marked

export class Transcript {
  #session;
  #isLive;
  #conversation = new Conversation();
  #presence = new Presence();
  #announcer = new Announcer();
  #epoch;
  #past;
  #people;
  #list;
  #unread;

  /**
   * @param session gives the session; undefined before the first
   * @param isLive whether all that was said before is here
   */
  constructor({ session, isLive }) {
    this.#session = session;
    this.#isLive = isLive;
    const self = () => session()?.name;
    this.#people = new People(this.#presence, self);
    this.#past = new Past({
      conversation: this.#conversation,
      session,
      isLive,
      inserted: ({ at, count }) => count > 0 && this.#list.inserted(at, count),
      say: (text) => (find('#earlier').textContent = text),
    });
    this.#unread = new Unread(() => this.follow());
    this.#list = new RowList({
      scroller: find('#scroller'),
      rows: find('#rows'),
      items: () => this.#conversation.items,
      make: (item, previous) => rowOf(item, self(), previous),
      update: (row, item) => item?.event && bracket(row, item),
      onFollow: (following) => this.#unread.following(following),
      onTop: () => this.#past.readBack(),
    });
  }

  /** A session begins, after others of this tab or none. */
  joined(epoch) {
    if (this.#epoch !== undefined && this.#epoch !== epoch) {
      this.#beginNewLog();
    } else {
      this.#past.joined();
    }
    this.#epoch = epoch;
  }

  /** The page was loaded again, and goes on after an event. */
  resumed(epoch, newest) {
    this.#epoch = epoch;
    this.#past.resumedAfter = newest;
  }

  /** The session was replaced by one in another log. */
  newLog(epoch) {
    this.#epoch = epoch;
    this.#beginNewLog();
    this.#presence.clear();
  }

  #beginNewLog() {
    this.#conversation.newLog();
    this.#past.newLog();
  }

  /** The participant is not in the chat any more. */
  ended() {
    this.#presence.clear();
    this.#people.changed();
    this.#list.changed();
  }

  received(event) {
    if (this.#conversation.append(event) === undefined) {
      return;
    }
    if (event.participant !== this.#session().name) {
      this.#tellOf(event);
    }
    if (this.#presence.received(event)) {
      this.#people.changed();
    }
    if (this.#list.isFollowing) {
      this.#dropOldest();
    }
    this.#list.changed();
  }

  #tellOf(event) {
    if (event.type === 'PUBLISHED') {
      this.#unread.add();
    }
    if (this.#isLive()) {
      this.#announcer.add(event);
    }
  }

  #dropOldest() {
    const dropped = this.#conversation.trim();
    if (dropped > 0) {
      this.#list.dropped(dropped);
      this.#past.atBegin = false;
    }
  }

  /** All that was said until now is here: who is present and what was before can be asked for. */
  async caughtUp() {
    this.#presence.asking();
    const session = this.#session();
    const { generation } = session;
    try {
      const listed = await session.participants();
      if (session === this.#session() && generation === session.generation) {
        this.#presence.listed(listed);
        this.#people.changed();
      }
    } catch {
      // The line is lost again; the list is asked for when it is back.
    }
    await this.#past.fillGaps();
    this.#past.readBack(); // what was said before, so that a newcomer sees what it is about
  }

  /** Shows an event in its place, and returns whether it could. */
  async reveal(time) {
    if (!this.#conversation.has(time)) {
      await this.#past.readBackTo(time);
    }
    const index = this.#conversation.indexOf(time);
    const row = index < 0 ? undefined : this.#list.reveal(index);
    row?.classList.add('found');
    setTimeout(() => row?.classList.remove('found'), MARKED);
    return row !== undefined;
  }

  /** A line of the page's own. */
  notice(text) {
    this.#conversation.notice(text);
    this.#list.changed();
  }

  /** What stands below the events has changed. */
  changed() {
    this.#list.changed();
  }

  /** Goes to the newest event, and stays there. */
  follow() {
    this.#list.follow();
  }
}
