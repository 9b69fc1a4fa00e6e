// The page: makes its parts, and connects them.
import { ConnectTransport } from './chat/connect.js';
import { Conversation, Presence } from './chat/conversation.js';
import { fileName } from './chat/log.js';
import { Past } from './chat/past.js';
import { ChatSession } from './chat/session.js';
import { TabStorage } from './chat/storage.js';
import { isMultiplexed, isOwn, takePlace } from './chat/tabs.js';
import { tame } from './chat/text.js';
import { ended, missed, notPublished, rejoined } from './chat/words.js';
import { Announcer } from './view/announcer.js';
import { Banner } from './view/banner.js';
import { Composer } from './view/composer.js';
import { element, find, show } from './view/dom.js';
import { JoinForm } from './view/join.js';
import { RowList } from './view/list.js';
import { Panels } from './view/panels.js';
import { People } from './view/people.js';
import { bracket, rowOf, waitingOf } from './view/rows.js';
import { Search } from './view/search.js';
import { TimePanel } from './view/time.js';
import { Unread } from './view/unread.js';

class Page {
  transport = new ConnectTransport();
  storage = new TabStorage();
  tab = crypto.getRandomValues(new Uint32Array(2)).join('-');
  conversation = new Conversation();
  presence = new Presence();
  session;
  releasePlace = () => {};
  requestId; // a join that failed is repeated under it
  refused; // the session of that join: its steps have moved the clock
  failed = new Map(); // what asks whether to say a message again, and the same as a notice
  live = false; // whether all that was said before is here
  saving = false;

  constructor() {
    const scroller = find('#scroller');
    this.announcer = new Announcer();
    this.banner = new Banner();
    this.people = new People(this.presence, () => this.session?.name);
    this.past = new Past({
      conversation: this.conversation,
      session: () => this.session,
      isLive: () => this.live,
      inserted: ({ at, count }) => count > 0 && this.list.inserted(at, count),
      say: (text) => (find('#earlier').textContent = text),
    });
    this.time = new TimePanel(() => this.session?.name ?? '');
    this.unread = new Unread(() => this.list.follow());
    this.list = new RowList({
      scroller,
      rows: find('#rows'),
      items: () => this.conversation.items,
      make: (item, previous) => rowOf(item, this.session?.name, previous),
      update: (row, item) => item?.event && bracket(row, item),
      onFollow: (following) => this.unread.following(following),
      onTop: () => this.past.readBack(),
    });
    this.search = new Search({
      ask: (query, page) => this.session.search(query, page),
      choose: (time) => this.reveal(time),
    });
    this.panels = new Panels({ search: () => this.search.opened(), time: () => this.time.opened() });
    this.composer = new Composer({ scroller, publish: (text) => this.publish(text), say: (text) => this.tell(text) });
    this.joinForm = new JoinForm((name, token) => this.join(name, token));
    find('#leave').addEventListener('click', () => this.leave());
    find('#download').addEventListener('click', () => this.download());
    addEventListener('pagehide', () => this.goAway());
    addEventListener('pageshow', (event) => event.persisted && location.reload());
    addEventListener('offline', () => this.session?.reconnect());
  }

  async begin() {
    const saved = this.storage.read();
    if (saved !== undefined && (await isOwn(saved.tab))) {
      this.tab = saved.tab;
      await this.comeBack(saved);
    } else {
      this.storage.clear(); // of the tab that this one is a copy of
      await isOwn(this.tab);
      this.joinForm.show(true);
    }
  }

  async join(name, token) {
    const before = this.session;
    await this.takePlace();
    if (this.requestId?.name !== name) {
      this.requestId = { name, id: undefined };
    }
    const session = this.sessionFor(name, { before: this.refused ?? before, requestId: this.requestId.id });
    this.requestId.id = session.requestId;
    try {
      await session.join(token);
    } catch (failure) {
      this.refused = session;
      this.session = before;
      this.releasePlace();
      this.banner.clear();
      throw failure;
    }
    this.requestId = undefined;
    this.refused = undefined;
    this.enter();
  }

  /** The page was loaded again within the life of its session. */
  async comeBack(saved) {
    await this.takePlace();
    const session = this.sessionFor(saved.name);
    this.time.restore(saved.steps);
    this.epoch = saved.epoch;
    this.enter();
    session.resume(saved);
    this.past.resumedAfter = saved.newest;
  }

  sessionFor(name, { before, requestId } = {}) {
    this.session = new ChatSession({ name, before, requestId, transport: this.transport, listener: this.listener() });
    return this.session;
  }

  listener() {
    return {
      clock: (time) => (find('#time-now').value = String(time)),
      step: (step) => this.time.add(step),
      state: (state) => this.stateChanged(state),
      joined: ({ epoch }) => this.joined(epoch),
      received: (event) => this.received(event),
      caughtUp: () => this.caughtUp(),
      missed: (after, before) => this.notice(missed(after, before)),
      pending: (pending) => this.showWaiting(pending),
      failed: (message, failure) => this.showFailed(message, failure),
      rejoined: ({ lamportTime }, after) => this.rejoined(lamportTime, after),
      ended: (reason, failure) => this.ended(reason, failure),
    };
  }

  joined(epoch) {
    if (this.epoch !== undefined && this.epoch !== epoch) {
      this.conversation.newLog();
      this.past.newLog();
    } else {
      this.past.joined();
    }
    this.epoch = epoch;
    this.saveSoon();
  }

  async takePlace() {
    if (!isMultiplexed()) {
      this.releasePlace();
      this.releasePlace = await takePlace(() => this.banner.full());
      this.banner.clear();
    }
  }

  /** Shows the chat in place of the form. */
  enter() {
    document.body.dataset.state = 'inside';
    show(true, find('#standing'), find('#tools'), find('#scroller'));
    this.joinForm.show(false);
    find('#self').textContent = tame(this.session.name);
    this.composer.show(true);
    this.list.follow();
  }

  stateChanged(state) {
    this.live = state === 'live' || state === 'resumed';
    document.body.dataset.link = this.live ? 'live' : state;
    this.banner.state(state);
    this.saveSoon();
  }

  received(event) {
    const item = this.conversation.append(event);
    if (item === undefined) {
      return;
    }
    const foreign = event.participant !== this.session.name;
    if (event.type === 'PUBLISHED' && foreign) {
      this.unread.add();
    }
    if (this.live && foreign) {
      this.announcer.add(event);
    }
    if (this.presence.received(event)) {
      this.people.changed();
    }
    if (this.list.isFollowing) {
      const dropped = this.conversation.trim();
      if (dropped > 0) {
        this.list.dropped(dropped);
        this.past.atBegin = false;
      }
    }
    this.list.changed();
    this.saveSoon();
  }

  async caughtUp() {
    this.saveSoon();
    this.presence.asking();
    const { session } = this;
    const { generation } = session;
    try {
      const listed = await session.participants();
      if (session === this.session && generation === session.generation) {
        this.presence.listed(listed);
        this.people.changed();
      }
    } catch {
      // The line is lost again; the list is asked for when it is back.
    }
    await this.past.fillGaps();
    this.past.readBack(); // what was said before, so that a newcomer sees what it is about
  }

  async reveal(time) {
    if (!this.conversation.has(time)) {
      await this.past.readBackTo(time);
    }
    const index = this.conversation.indexOf(time);
    const row = index < 0 ? undefined : this.list.reveal(index);
    row?.classList.add('found');
    setTimeout(() => row?.classList.remove('found'), 3000);
    if (row !== undefined && matchMedia('(max-width: 700px)').matches) {
      this.panels.close('search');
    }
    return row !== undefined;
  }

  publish(text) {
    this.session.publish(text);
    this.saveNow();
    this.list.follow();
  }

  showWaiting(pending) {
    find('#waiting').replaceChildren(...pending.slice(-50).map((message) => waitingOf(message, this.session.name)));
    this.list.changed();
    this.saveSoon();
  }

  showFailed(message, failure) {
    const again = element('button', { type: 'button' }, 'Say it again');
    const drop = element('button', { type: 'button' }, 'Forget it');
    const why = notPublished(failure);
    const box = element('div', { class: 'problem' },
      element('p', {}, `${why} `, element('q', { dir: 'auto' }, tame(message.text))), again, drop);
    const close = () => {
      box.remove();
      this.failed.delete(box);
      find('#text').focus();
    };
    again.addEventListener('click', () => {
      close();
      this.publish(message.text);
    });
    drop.addEventListener('click', close);
    find('#failed').append(box);
    this.failed.set(box, `${why} “${tame(message.text)}”`);
  }

  tell(text) {
    this.banner.tell(text);
  }

  notice(text) {
    this.conversation.notice(text);
    this.list.changed();
  }

  rejoined(lamportTime, after) {
    if (after === 0) {
      this.epoch = this.session.epoch;
      this.conversation.newLog();
      this.presence.clear();
      this.past.newLog();
    }
    this.notice(rejoined(this.session.name, lamportTime, after));
    this.saveSoon();
  }

  async leave() {
    find('#leave').disabled = true;
    await this.session.leave();
    find('#leave').disabled = false;
  }

  ended(reason, failure) {
    const { name } = this.session;
    this.storage.clear();
    this.releasePlace();
    this.releasePlace = () => {};
    this.failed.forEach((text) => this.notice(text)); // no session is left in which to say it again
    this.failed.clear();
    find('#failed').replaceChildren();
    for (const { text, mayHaveBeenDone } of this.session.pending.filter((message) => message.place === 0)) {
      this.notice(`${mayHaveBeenDone ? 'Not known whether it was sent' : 'Not sent'}: ${tame(text)}`);
    }
    this.showWaiting([]);
    if (reason === 'LEFT') {
      this.notice('You left the chat.');
    }
    document.body.dataset.state = 'ended';
    document.body.dataset.link = 'closed';
    this.presence.clear();
    this.people.changed();
    this.composer.show(false);
    this.panels.closeAll(); // their buttons are gone
    this.banner.clear();
    this.joinForm.show(true, { name, why: ended(reason, failure) ?? 'You left the chat.' });
    this.list.changed();
  }

  download() {
    const file = new Blob([this.session.log.text()], { type: 'text/plain;charset=utf-8' });
    const link = element('a', { href: URL.createObjectURL(file), download: fileName(this.session.name) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  saveSoon() {
    if (!this.saving) {
      this.saving = true;
      setTimeout(() => this.saveNow(), 0);
    }
  }

  saveNow() {
    this.saving = false;
    if (this.session !== undefined && !this.session.isOver && this.session.token !== '') {
      this.storage.saveCore(this.session.snapshot(), this.tab);
    }
  }

  goAway() {
    if (this.session !== undefined && !this.session.isOver && this.session.token !== '') {
      this.session.suspend();
      this.saveNow();
      this.storage.saveRecord(this.session.snapshot(), this.time.steps);
    }
  }
}

await new Page().begin();
