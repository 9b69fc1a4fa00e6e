// A participant: joins, publishes, reads the log and leaves. It keeps its own Lamport clock and its log, survives lost connections, and
// joins again under the same name when the service no longer knows its session.
import { Caller } from './calls.js';
import { LamportClock } from './clock.js';
import { Connection } from './connection.js';
import { millis, number } from './contract.js';
import { Failure } from './failure.js';
import { Joiner } from './joiner.js';
import { ParticipantLog } from './log.js';
import { Publisher } from './publisher.js';
import { Queries } from './queries.js';
import { Reader } from './reader.js';
import { Settlement } from './settlement.js';

const PATIENCE = 5000; // ms: so long a participant who leaves waits for what it has said

/** What a listener hears of; it may leave out any. */
const DEAF = {
  clock: () => {}, // the participant's own Lamport time
  step: () => {}, // whatever happened, for the time view
  state: () => {}, // 'connecting', 'live', 'lost', 'resumed', 'closed'
  joined: () => {},
  received: () => {}, // an event, and the participant's clock after it
  caughtUp: () => {},
  missed: () => {},
  pending: () => {},
  failed: () => {}, // a message that was not published, or perhaps
  rejoined: () => {}, // the reply, after which time events follow (0 for a new log)
  ended: () => {}, // a reason, and the failure if there was one
};

/** A participant's stay in the chat, from join to leave or loss. Made for one name; not used again. */
export class ChatSession {
  #context;
  #caller;
  #joiner;
  #listener;
  #publisher;
  #settlement;
  #queries = new Queries((rpc, request) => this.#ask(rpc, request));
  #reader;
  #connection;
  #over = false;
  #rejoining = false; // the session is lost, and a Join for the next one is under way

  name;
  token = '';
  epoch = '';
  joinedAt = 0;
  generation = 0;
  leaving = false;
  log;

  /**
   * @param requestId random; a join is repeated under it
   * @param before the session before this one, if there was one: this participant is the same process, and so has its clock
   */
  constructor({ name, transport, listener = {}, sleep = pause, requestId, before }) {
    this.name = name.normalize('NFC');
    this.#listener = { ...DEAF, ...listener };
    const clock = new LamportClock(before?.clock ?? 0, (time) => this.#listener.clock(time));
    this.epoch = before?.epoch ?? '';
    const steps = (step) => this.#listener.step({ lifeline: this.name, ...step });
    this.#context = { clock, transport, sleep, steps };
    this.#caller = new Caller(this.#context);
    this.#connection = new Connection(this.#context);
    this.#joiner = new Joiner({ caller: this.#caller, context: this.#context, name: this.name, requestId });
    this.log = new ParticipantLog(this.name, { lines: before?.name === this.name ? before.log.lines : [] });
    this.#publisher = new Publisher(this.#caller, this, {
      changed: (pending) => this.#listener.pending(pending),
      failed: (message, failure) => this.#listener.failed(message, failure),
      unknown: () => this.#lost('SESSION_UNKNOWN'),
    }, (failure) => this.#connection.awaitStream(this.#reader, failure));
    this.#settlement = new Settlement(this.#publisher);
  }

  get clock() {
    return this.#context.clock.time;
  }

  get newest() {
    return this.#reader?.newest ?? 0;
  }

  get pending() {
    return this.#publisher.pending;
  }

  /** The random id of its join; a join whose outcome is not known is repeated under it. */
  get requestId() {
    return this.#joiner.requestId;
  }

  get isOver() {
    return this.#over;
  }

  /** @param token for a service that requires one; it stays in memory */
  async join(token = '') {
    this.#joiner.show(token);
    this.#listener.state('connecting');
    const { reply } = await this.#joiner.join(this.epoch, this.#options());
    this.#begin(reply);
    this.#publisher.resume();
    this.#read(new Reader(this.#context, this, this.#readerListener()));
    return reply;
  }

  /** Goes on in the session of a page that was here before. */
  resume(saved) {
    this.token = saved.token;
    this.epoch = saved.epoch;
    this.joinedAt = saved.joinedAt;
    this.generation = saved.generation;
    this.#context.clock.receive(saved.clock - 1); // the clock goes on from where it was
    this.log = new ParticipantLog(this.name, { lines: saved.log });
    this.#publisher.restore(saved.publisher);
    this.#settlement.restore(saved.unsettled);
    this.#listener.state('lost');
    const { cursor, newest } = saved;
    const reader = new Reader(this.#context, this, this.#readerListener(), { cursor, newest, lost: true });
    if (saved.rejoining !== undefined) {
      this.#joiner.requestId = saved.rejoining; // the service may have made that session
      this.#reader = reader;
      this.#rejoin();
      return;
    }
    if (!this.#settlement.isPending) {
      this.#publisher.resume();
    } // otherwise the log first has to tell what the session before published
    this.#read(reader);
  }

  /** What resume needs. The session token is in it. */
  snapshot() {
    return {
      name: this.name, token: this.token, epoch: this.epoch, joinedAt: this.joinedAt, generation: this.generation,
      clock: this.clock, cursor: this.#reader?.cursor ?? 0, newest: this.newest,
      publisher: this.#publisher.snapshot(), log: this.log.lines,
      rejoining: this.#rejoining ? this.requestId : undefined, unsettled: this.#settlement.snapshot(),
    };
  }

  /** Stops without leaving, since the page goes away; the service waits for it. */
  suspend() {
    if (!this.#over) {
      this.#reader?.stop();
      this.log.streamEnded({ outcome: 'CANCELLED' }, this.clock);
    }
  }

  publish(text) {
    return this.#publisher.publish(text);
  }

  /** Leaves after the messages that wait; the session ends even if the service does not reply. */
  async leave() {
    this.leaving = true;
    if (!this.#reader?.isLost) {
      await Promise.race([this.#publisher.settled(), this.#context.sleep(PATIENCE)]);
      const request = (time) => ({ sessionToken: this.token, lamportTime: String(time) });
      await this.#caller.call('Leave', request, {}, this.#options()).catch(() => {}); // then the service lets it expire
    }
    this.#end('LEFT');
  }

  /** All participants in the order in which they joined, and the Lamport time from which on events change that. */
  participants() {
    return this.#queries.participants();
  }

  /** Past events after a Lamport time, in order, at most a page. */
  events(after, pageSize) {
    return this.#queries.events(after, pageSize);
  }

  /** Messages that have all words of a query, the newest first, and the token of the next page. */
  search(query, pageToken) {
    return this.#queries.search(query, pageToken);
  }

  /** The connection is suspect: the stream is opened anew. */
  reconnect() {
    this.#reader?.restart();
  }

  #options(more) {
    return { log: this.log, over: () => this.#over, ...more };
  }

  async #ask(rpc, request) {
    if (this.#rejoining) {
      throw new Failure('canceled', 'the session was lost; joining again');
    }
    const generation = this.generation;
    try {
      const over = () => this.#over || generation !== this.generation;
      const reply = await this.#caller.call(rpc, () => ({ sessionToken: this.token, ...request }), {}, this.#options({ over }));
      if (reply === undefined) {
        throw new Failure('canceled', 'the session was lost meanwhile');
      }
      return reply;
    } catch (failure) {
      if (failure.reason === 'SESSION_UNKNOWN' && generation === this.generation) {
        this.#lost('SESSION_UNKNOWN');
      }
      throw failure;
    }
  }

  #begin(reply) {
    this.token = reply.sessionToken;
    this.epoch = reply.epoch;
    this.joinedAt = number(reply.lamportTime);
    this.#listener.joined({ lamportTime: this.joinedAt, epoch: reply.epoch, resumeWindow: millis(reply.resumeWindow) });
  }

  #read(reader) {
    this.#reader = reader;
    reader.run().catch((e) => this.#end('REFUSED', e));
  }

  #readerListener() {
    const generation = this.generation;
    const current = (action) => (...values) => generation === this.generation && !this.#over && action(...values);
    return {
      received: current((event, clock) => this.#received(event, clock)),
      caughtUp: current((time) => {
        this.#listener.caughtUp(time);
        this.#settlement.readTo(Infinity);
      }),
      missed: current((after, before) => {
        this.#settlement.missed();
        this.#listener.missed(after, before);
      }),
      stateChanged: current((state) => {
        this.#listener.state(state);
        if (state !== 'lost') {
          this.#connection.isBack();
        }
        if (state !== 'live') {
          this.#context.steps({ kind: state === 'lost' ? 'lost-line' : 'resumed', wall: new Date() });
        }
      }),
      completed: () => {}, // the leave goes on
      ended: current((reason, failure) =>
        (reason === 'SESSION_UNKNOWN' || reason === 'EPOCH_CHANGED' ? this.#lost(reason) : this.#end(reason, failure))),
    };
  }

  #received(event, clock) {
    const own = event.participant === this.name;
    if (own) {
      this.#settlement.compare(event);
    }
    this.#listener.received(event, clock);
    if (own) {
      this.#publisher.seen(event);
    }
    this.#settlement.readTo(event.lamportTime);
  }

  #lost(reason) {
    if (this.#over || this.#rejoining) {
      return;
    }
    if (this.leaving) {
      this.#end('LEFT');
      return;
    }
    this.generation++;
    this.#joiner.renew();
    this.#publisher.suspend();
    this.#reader.stop();
    this.#listener.state('lost');
    if (reason === 'EPOCH_CHANGED') {
      this.#context.clock.restart();
    }
    this.#rejoin();
  }

  async #rejoin() {
    this.#rejoining = true;
    try {
      const joined = await this.#joiner.join(this.epoch, this.#options({ persistent: true, connected: () => this.#connection.awaitServer(() => this.#over) }));
      this.#rejoining = false;
      if (joined !== undefined) {
        this.#readOn(this.#reader, joined);
      }
    } catch (failure) {
      this.#end(failure.reason === 'NAME_TAKEN' ? 'NAME_TAKEN' : 'REFUSED', failure);
    }
  }

  #readOn(before, { reply, newLog }) {
    const after = newLog ? 0 : Math.max(before.cursor, this.joinedAt - 1);
    this.token = reply.sessionToken;
    this.epoch = reply.epoch;
    this.joinedAt = newLog ? number(reply.lamportTime) : this.joinedAt;
    this.#publisher.renew(!newLog);
    this.#settlement.begin(number(reply.lamportTime), newLog);
    this.#listener.rejoined({ lamportTime: number(reply.lamportTime), epoch: reply.epoch }, after);
    const newest = after === 0 ? 0 : before.newest;
    this.#read(new Reader(this.#context, this, this.#readerListener(), { cursor: after, newest, lost: true }));
  }

  #end(reason, failure) {
    if (this.#over) {
      return;
    }
    this.#over = true;
    this.#reader?.stop();
    this.#publisher.end();
    this.#connection.isBack();
    this.#listener.state('closed');
    this.#listener.ended(reason, failure);
  }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
