// The page: makes its parts, and connects them with the session.
import { ConnectTransport } from './chat/connect.js';
import { Keeper } from './chat/keeper.js';
import { fileName } from './chat/log.js';
import { Place } from './chat/place.js';
import { ChatSession } from './chat/session.js';
import { TabStorage } from './chat/storage.js';
import { isOwn } from './chat/tabs.js';
import { tame } from './chat/text.js';
import { ended, missed, rejoined } from './chat/words.js';
import { Banner } from './view/banner.js';
import { Composer } from './view/composer.js';
import { element, find, show } from './view/dom.js';
import { JoinForm } from './view/join.js';
import { Outbox } from './view/outbox.js';
import { Panels } from './view/panels.js';
import { Search } from './view/search.js';
import { TimePanel } from './view/time.js';
import { Transcript } from './view/transcript.js';

const LEFT = 'You left the chat.';

class Page {
  transport = new ConnectTransport();
  storage = new TabStorage();
  session;
  attempt; // a join that failed: its name, the id under which it is repeated, and its session, whose steps have moved the clock
  live = false; // whether all that was said before is here

  constructor() {
    const session = () => this.session;
    this.banner = new Banner();
    this.place = new Place((waits) => (waits ? this.banner.full() : this.banner.clear()));
    this.transcript = new Transcript({ session, isLive: () => this.live });
    this.outbox = new Outbox((text) => this.publish(text));
    this.time = new TimePanel(() => this.session?.name ?? '');
    this.keeper = new Keeper({ storage: this.storage, session, steps: () => this.time.steps });
    this.search = new Search({
      ask: (query, page) => this.session.search(query, page),
      choose: (time) => this.reveal(time),
    });
    this.panels = new Panels({ search: () => this.search.opened(), time: () => this.time.opened() });
    this.composer = new Composer({
      scroller: find('#scroller'), publish: (text) => this.publish(text), say: (text) => this.banner.tell(text),
    });
    this.joinForm = new JoinForm((name, token) => this.join(name, token));
    find('#leave').addEventListener('click', () => this.leave());
    find('#download').addEventListener('click', () => this.download());
    addEventListener('pagehide', () => this.keeper.suspend());
    addEventListener('pageshow', (event) => event.persisted && location.reload());
    addEventListener('offline', () => this.session?.reconnect());
  }

  async begin() {
    const saved = this.storage.read();
    if (saved !== undefined && (await isOwn(saved.tab))) {
      this.keeper.tab = saved.tab;
      await this.comeBack(saved);
    } else {
      this.keeper.forget(); // the session of the tab that this one is a copy of
      await isOwn(this.keeper.tab);
      this.joinForm.show(true);
    }
  }

  async join(name, token) {
    const before = this.session;
    await this.place.take();
    const requestId = this.attempt?.name === name ? this.attempt.requestId : undefined;
    const session = this.sessionFor(name, { before: this.attempt?.session ?? before, requestId });
    try {
      await session.join(token);
    } catch (failure) {
      this.attempt = { name, requestId: session.requestId, session };
      this.session = before;
      this.place.release();
      this.banner.clear();
      throw failure;
    }
    this.attempt = undefined;
    this.enter();
  }

  /** The page was loaded again within the life of its session. */
  async comeBack(saved) {
    await this.place.take();
    const session = this.sessionFor(saved.name);
    this.time.restore(saved.steps);
    this.transcript.resumed(saved.epoch, saved.newest);
    this.enter();
    session.resume(saved);
  }

  sessionFor(name, more) {
    this.session = new ChatSession({ ...more, name, transport: this.transport, listener: this.listener() });
    return this.session;
  }

  listener() {
    const saved = (action) => (...values) => {
      action(...values);
      this.keeper.saveSoon();
    };
    return {
      clock: (time) => (find('#time-now').value = String(time)),
      step: (step) => this.time.add(step),
      state: saved((state) => this.stateChanged(state)),
      joined: saved(({ epoch }) => this.transcript.joined(epoch)),
      received: saved((event) => this.transcript.received(event)),
      caughtUp: saved(() => this.transcript.caughtUp()),
      missed: (after, before) => this.transcript.notice(missed(after, before)),
      pending: saved((pending) => this.showWaiting(pending)),
      failed: (message, failure) => this.outbox.showFailed(message, failure),
      rejoined: saved((reply, after) => this.rejoined(reply, after)),
      ended: (reason, failure) => this.ended(reason, failure),
    };
  }

  /** Shows the chat in place of the form. */
  enter() {
    document.body.dataset.state = 'inside';
    show(true, find('#standing'), find('#tools'), find('#scroller'));
    this.joinForm.show(false);
    find('#self').textContent = tame(this.session.name);
    this.composer.show(true);
    this.transcript.follow();
  }

  stateChanged(state) {
    this.live = state === 'live' || state === 'resumed';
    document.body.dataset.link = this.live ? 'live' : state;
    this.banner.state(state);
  }

  async reveal(time) {
    const shown = await this.transcript.reveal(time);
    if (shown && matchMedia('(max-width: 700px)').matches) {
      this.panels.close('search');
    }
    return shown;
  }

  publish(text) {
    this.session.publish(text);
    this.keeper.save();
    this.transcript.follow();
  }

  showWaiting(pending) {
    this.outbox.showWaiting(pending, this.session.name);
    this.transcript.changed();
  }

  rejoined({ lamportTime, epoch }, after) {
    if (after === 0) {
      this.transcript.newLog(epoch);
    }
    this.transcript.notice(rejoined(this.session.name, lamportTime, after));
  }

  async leave() {
    find('#leave').disabled = true;
    await this.session.leave();
    find('#leave').disabled = false;
  }

  ended(reason, failure) {
    const { name, pending } = this.session;
    this.keeper.forget();
    this.place.release();
    this.outbox.close(pending).forEach((text) => this.transcript.notice(text));
    if (reason === 'LEFT') {
      this.transcript.notice(LEFT);
    }
    document.body.dataset.state = 'ended';
    document.body.dataset.link = 'closed';
    this.transcript.ended();
    this.composer.show(false);
    this.panels.closeAll(); // their buttons are gone
    this.banner.clear();
    this.joinForm.show(true, { name, why: ended(reason, failure) ?? LEFT, wantsToken: failure?.wantsToken });
  }

  download() {
    const file = new Blob([this.session.log.text()], { type: 'text/plain;charset=utf-8' });
    const link = element('a', { href: URL.createObjectURL(file), download: fileName(this.session.name) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

await new Page().begin();
