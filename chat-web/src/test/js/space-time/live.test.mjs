import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relation } from '../../../main/resources/META-INF/resources/space-time/causality.js';
import { LiveConversation } from '../../../main/resources/META-INF/resources/space-time/live.js';
import { Model } from '../../../main/resources/META-INF/resources/space-time/model.js';
import { pairOf } from '../../../main/resources/META-INF/resources/space-time/panel.js';
import { compare, knowledge, noneConcurrent, why } from '../../../main/resources/META-INF/resources/space-time/words.js';
import { play } from './chat.mjs';

const seed = Number(process.env.CHITTY_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** What the page of one participant learns of a conversation. */
function seenBy(truth, lifeline) {
  const self = truth.lifelines[lifeline].name;
  const live = new LiveConversation({ self });
  for (const id of truth.ofLifeline[lifeline]) {
    const { kind, time, rpc, sequence } = truth.steps[id];
    const message = { id: sequence ?? rpc, type: rpc };
    const cause = truth.steps[truth.causeOf(id)];
    if (kind === 'request') live.add({ kind: 'sent', lifeline: self, time, message });
    if (kind === 'reply') live.add({ kind: 'replied', lifeline: self, time, lamportTime: cause.time, message });
    if (kind === 'no-answer') live.add({ kind: 'failed', lifeline: self, time, message });
    if (kind === 'receipt') {
      const sent = truth.steps[truth.causeOf(cause.id)].time;
      live.add({ kind: 'received', lifeline: self, time, event: event(cause.time, cause.kind, cause.author, sent, cause.text) });
    }
  }
  return live;
}

function event(lamportTime, type, participant, participantLamportTime, text = '') {
  return { lamportTime, type, participant, participantLamportTime, text, sequence: 0 };
}

/** carol looks on; alice asks, bob answers, and dave speaks without having heard the answer. */
function conversation() {
  const live = new LiveConversation({ self: 'carol', service: 'Chitty-Chat' });
  live.add({ kind: 'sent', lifeline: 'carol', time: 1, message: { id: 'j', type: 'JOINED' } });
  const joined = [event(2, 'EVENT_TYPE_JOINED', 'alice', 1), event(3, 'JOINED', 'bob', 1), event(4, 'joined', 'dave', 1)];
  joined.forEach(one => live.add({ kind: 'event', time: one.lamportTime, event: one }));
  let clock = 5;
  const receive = one => live.add({ kind: 'received', lifeline: 'carol', time: clock = Math.max(clock, one.lamportTime) + 1, event: one });
  receive(event(5, 'JOINED', 'carol', 1));
  receive(event(8, 'PUBLISHED', 'alice', 7, 'Who is there?'));
  receive(event(12, 'PUBLISHED', 'bob', 10, 'I am.'));
  receive(event(13, 'PUBLISHED', 'dave', 11, 'Hello?'));
  return live;
}

const summary = text => step => step.summary.includes(text);

test('own receipts are known, those of others are at least one more, until a request proves them', () => {
  const model = new Model(conversation().data());
  const receipts = name => model.steps.filter(({ kind, lifeline }) => kind === 'receipt' && model.lifelines[lifeline].name === name);
  assert.ok(receipts('carol').every(({ known }) => known === undefined));
  const ofBob = receipts('bob').find(summary('Who is there?'));
  assert.equal(ofBob.time, 9);
  assert.equal(ofBob.known, 'shown', 'bob sent at 10, right after it');
  const ofDave = receipts('dave').find(summary('I am.'));
  assert.equal(ofDave.known, 'at-least');
  assert.match(why(model, ofDave.id).sum.map(part => part.text ?? part).join(''), /^at least /);
});

test('who sent before it can have received is concurrent; who sent later can have known', () => {
  const model = new Model(conversation().data());
  assert.deepEqual(model.talk.map(({ text }) => text), ['Who is there?', 'I am.', 'Hello?']);
  assert.equal(relation(model, 0, 1), 'maybe');
  assert.equal(relation(model, 1, 2), 'concurrent');
});

test('what is only inferred is said to be possible, never to be so', () => {
  const model = new Model(conversation().data());
  const { knownBy, maybeKnownBy, concurrent } = knowledge(model, 0);
  assert.deepEqual([knownBy, maybeKnownBy, concurrent], [[], [1, 2], []]);
  assert.equal(compare(model, 0, 1).verdict, 'maybe');
  assert.match(noneConcurrent(model), /can have received/);
  const request = summary => model.steps.findIndex(({ kind, text }) => kind === 'request' && text === summary);
  const asked = model.steps.findIndex(({ kind, text }) => kind === 'published' && text === 'Who is there?');
  const receipt = pairOf(model, asked, model.previous[request('I am.')]);
  assert.equal(receipt.verdict, 'before', 'a receipt is after its event, whenever it was');
  const joined = model.steps.findIndex(({ kind }) => kind === 'joined');
  const pair = pairOf(model, joined, request('I am.')); // by way of a receipt
  assert.equal(pair.verdict, 'maybe');
  assert.doesNotMatch(pair.meaning, /proves/);
  assert.equal(pairOf(model, request('Who is there?'), asked).verdict, 'before');
});

test('steps of each process are in the order of its clock, and every arrow points down', () => {
  const { steps, messages } = conversation().data();
  const last = new Map();
  for (const { lifeline, time } of steps) {
    assert.ok(time > (last.get(lifeline) ?? 0), `${lifeline} at ${time}`);
    last.set(lifeline, time);
  }
  assert.ok(messages.every(({ from, to }) => steps[from].time < steps[to].time));
});

test('a request that failed is lost, its repeat is tied to it, and the same event is there once', () => {
  const live = conversation();
  live.add({ kind: 'sent', lifeline: 'carol', time: 20, message: { id: 1, type: 'PUBLISHED', text: 'hi' } });
  live.add({ kind: 'lost-line', lifeline: 'carol', wall: '2026-11-21T10:00:00Z' });
  live.add({ kind: 'failed', lifeline: 'carol', time: 20, message: { id: 1, type: 'PUBLISHED' }, reason: 'UNAVAILABLE' });
  live.add({ kind: 'resumed', lifeline: 'carol' });
  live.add({ kind: 'sent', lifeline: 'carol', time: 21, message: { id: 1, type: 'PUBLISHED', text: 'hi' } });
  const placed = event(22, 'PUBLISHED', 'carol', 21, 'hi');
  live.add({ kind: 'received', lifeline: 'carol', time: 23, event: placed });
  live.add({ kind: 'event', time: 22, event: placed });
  live.add({ kind: 'restarted', sameLog: true, lifeline: 'Chitty-Chat', wall: '2026-11-21T10:00:09Z' });
  const model = new Model(live.data());
  const [first, second] = model.steps.filter(({ kind, text }) => kind === 'request' && text === 'hi').map(({ id }) => id);
  assert.equal(model.lossOf(first), 'lost');
  assert.equal(model.lossOf(second), '');
  assert.deepEqual(model.attempts.get(second), [first, second]);
  assert.equal(model.events.filter(id => model.steps[id].text === 'hi').length, 1);
  assert.deepEqual(model.incidents.map(({ after }) => after), [22]);
});

test('who leaves and joins under another name has two lines, and no step of one is on the other', () => {
  const live = new LiveConversation({ self: 'alice' });
  const join = (lifeline, time) => {
    const joined = event(time + 1, 'JOINED', lifeline, time);
    live.add({ kind: 'sent', lifeline, time, message: { id: lifeline, type: 'Join' } });
    live.add({ kind: 'replied', lifeline, time: time + 2, lamportTime: time + 1, message: { id: lifeline, type: 'Join' } });
    live.add({ kind: 'event', lifeline, time: time + 1, event: joined });
    live.add({ kind: 'received', lifeline, time: time + 3, event: joined });
  };
  join('alice', 1);
  live.add({ kind: 'sent', lifeline: 'carol', time: 5, message: { id: 'c', type: 'Join' } }); // who is there already
  live.add({ kind: 'failed', lifeline: 'carol', time: 5, refused: true, message: { id: 'c', type: 'Join' } });
  join('bob', 6);
  live.setSelf('bob');
  const { lifelines, steps, messages } = live.data();
  const times = name => steps.filter(({ lifeline }) => lifelines[lifeline].name === name).map(({ time, kind }) => `${kind} ${time}`);
  assert.deepEqual(times('alice'), ['request 1', 'reply 3', 'receipt 4']);
  assert.deepEqual(times('bob'), ['request 5', 'refusal 5', 'request 6', 'reply 8', 'receipt 9']);
  assert.equal(messages.filter(({ kind }) => kind === 'request').length, 2);
  assert.deepEqual(lifelines.map(({ name }) => name).sort(), ['Chitty-Chat', 'alice', 'bob']);
});

test('a new log begins anew: times before it cannot be compared', () => {
  const live = conversation();
  live.add({ kind: 'restarted', lifeline: 'carol', wall: new Date() });
  live.add({ kind: 'event', time: 2, event: event(2, 'JOINED', 'carol', 1) });
  const data = live.data();
  assert.deepEqual(data.steps.filter(({ lifeline }) => lifeline === 0).map(({ time }) => time), [2]);
  assert.equal(data.incidents.length, 1);
});

test('a notice that everything was sent shows where the service accepted the Broadcast', () => {
  const live = conversation();
  live.add({ kind: 'sent', lifeline: 'carol', time: 15, message: { id: 'b', type: 'Broadcast' } });
  live.add({ kind: 'caught-up', lifeline: 'carol', time: 17, lamportTime: 16 });
  live.add({ kind: 'resumed', lifeline: 'carol', wall: new Date() });
  const model = new Model(live.data());
  const attached = model.steps.find(({ kind }) => kind === 'attached');
  assert.equal(attached.time, 16);
  assert.equal(model.steps.filter(({ kind }) => kind === 'caught-up').length, 1);
  assert.equal(why(model, model.steps.find(({ kind }) => kind === 'caught-up').id).sum.map(part => part.text ?? part).join(''), 'max(own 15, received 16) + 1 = 17');
});

test('a notice that has the time of an event does not show when the service accepted the Broadcast', () => {
  const live = conversation();
  live.add({ kind: 'sent', lifeline: 'carol', time: 15, message: { id: 'b', type: 'Broadcast' } });
  const came = event(17, 'PUBLISHED', 'bob', 16, 'meanwhile');
  live.add({ kind: 'event', time: 17, event: came });
  live.add({ kind: 'received', lifeline: 'carol', time: 18, event: came });
  live.add({ kind: 'caught-up', lifeline: 'carol', time: 19, lamportTime: 17 });
  const model = new Model(live.data());
  assert.deepEqual(model.steps.filter(({ kind }) => kind === 'attached'), []);
  assert.equal(why(model, model.steps.find(({ kind }) => kind === 'caught-up').id).sum.map(part => part.text ?? part).join(''), 'max(own 18, received 17) + 1 = 19');
});

test('what is inferred of others is true: no receipt is later than it was, and what is called concurrent is', () => {
  for (let i = 0; i < 150; i++) {
    const one = (seed + i) % 2 ** 31;
    const { data, knew } = play(one, 2 + one % 4, 80);
    const truth = new Model(data);
    const model = new Model(seenBy(truth, 1).data());
    const timeOf = (event, name) => data.messages.filter(({ from, kind }) => kind === 'broadcast' && data.steps[from].time === event)
      .map(({ to }) => data.steps[to]).find(({ lifeline }) => data.lifelines[lifeline].name === name)?.time ?? Infinity;
    for (const step of model.steps.filter(({ kind }) => kind === 'receipt')) {
      const { name } = model.lifelines[step.lifeline];
      const really = timeOf(model.steps[model.causeOf(step.id)].time, name);
      assert.ok(step.time <= really, `CHITTY_SEED=${one}: ${name} at ${step.time}, and it was ${really}`);
    }
    const events = new Map(truth.talk.map(({ time, event }) => [time, event]));
    for (let early = 0; early < model.talk.length; early++) {
      for (let late = early + 1; late < model.talk.length; late++) {
        if (relation(model, early, late) !== 'concurrent') continue;
        const known = knew.get(events.get(model.talk[late].time));
        assert.ok(!known.has(events.get(model.talk[early].time)), `CHITTY_SEED=${one}: ${model.talk[early].time} and ${model.talk[late].time}`);
      }
    }
  }
});

test('text of people is made visible', () => {
  const live = conversation();
  live.add({ kind: 'event', time: 30, event: event(30, 'PUBLISHED', 'alice', 29, '\u202eevil\u0007') });
  const { steps } = live.data();
  assert.ok(steps.some(({ summary }) => summary === 'alice: \\u202eevil\\u0007'));
});

test('it keeps the newest events only', () => {
  const live = new LiveConversation({ self: 'carol' });
  for (let i = 1; i <= 12_000; i++) live.add({ kind: 'event', time: 2 * i, event: event(2 * i, 'PUBLISHED', 'alice', 2 * i - 1, 'x') });
  const data = live.data();
  const events = data.steps.filter(({ kind }) => kind === 'published');
  assert.ok(events.length >= 1600 && events.length <= 2000, `${events.length}`);
  assert.equal(events[events.length - 1].time, 24_000);
  assert.ok(data.window.from > data.window.first);
});

test('an outage, however long, leaves no more than so many attempts', () => {
  const live = new LiveConversation({ self: 'carol' });
  live.add({ kind: 'event', time: 2, event: event(2, 'JOINED', 'carol', 1, 'carol joined') });
  for (let i = 3; i <= 50_000; i++) live.add({ kind: 'sent', lifeline: 'carol', time: i, message: { id: `b${i}`, type: 'Broadcast' } });
  const { steps } = live.data();
  assert.ok(steps.length >= 18_000 && steps.length <= 20_001, `${steps.length}`);
  assert.equal(steps.at(-1).time, 50_000);
});
