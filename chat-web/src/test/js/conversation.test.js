import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areConcurrent, Grouping } from '../../main/resources/META-INF/resources/chat/concurrent.js';
import { Conversation, MAX_ITEMS, Presence } from '../../main/resources/META-INF/resources/chat/conversation.js';
import { back, older } from '../../main/resources/META-INF/resources/chat/history.js';

const message = (participant, sent, lamportTime, more = {}) => ({
  type: 'PUBLISHED', participant, participantLamportTime: sent, lamportTime, text: `${participant} ${lamportTime}`, ...more,
});

/** Plays participants that send and receive at random, and knows what each had received when it sent. */
function play(seed, steps) {
  let state = seed;
  const random = (n) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % n;
  };
  let service = 0;
  const people = ['a', 'b', 'c', 'd'].map((name) => ({ name, clock: 0, inbox: [], way: [], past: new Set() }));
  const events = [];
  const past = new Map(); // event to the events that were in its sender's causal past
  for (let i = 0; i < steps; i++) {
    const one = people[random(people.length)];
    const action = random(4);
    if (action === 0) { // sends; the request is on its way
      one.way.push({ sent: ++one.clock, past: new Set(one.past) });
    } else if (action === 1 && one.way.length > 0) { // a request arrives
      const { sent, past: known } = one.way.shift();
      service = Math.max(service, sent) + 1;
      const event = message(one.name, sent, service);
      events.push(event);
      past.set(event, known);
      people.forEach((each) => each.inbox.push(event));
    } else if (action === 2 && one.inbox.length > 0) { // receives
      const event = one.inbox.shift();
      one.clock = Math.max(one.clock, event.lamportTime) + 1;
      one.past.add(event);
      past.get(event).forEach((earlier) => one.past.add(earlier));
    } else if (action === 3) { // does something else, such as asking who is there
      one.clock += random(3);
    }
  }
  return { events, past };
}

test('what is called concurrent is: nobody had received the other’s message, in any run', () => {
  let found = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const { events, past } = play(seed, 400);
    for (let i = 0; i < events.length; i++) {
      for (let j = i + 1; j < events.length; j++) {
        if (areConcurrent(events[i], events[j])) {
          found++;
          assert.ok(!past.get(events[j]).has(events[i]) && !past.get(events[i]).has(events[j]), `seed ${seed}`);
        }
      }
    }
  }
  assert.ok(found > 1000, `${found}`);
});

test('in a group any two messages of different authors are concurrent, and the first of a later group is not with all of it', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const items = play(seed, 600).events.map((event) => ({ event }));
    const grouping = new Grouping();
    items.forEach((item) => grouping.add(item));
    for (const { event, group } of items.filter((item) => item.group)) {
      assert.ok(new Set(group.map((one) => one.event.participant)).size > 1);
      for (const other of group.filter((one) => one.event.participant !== event.participant)) {
        const [earlier, later] = [event, other.event].sort((a, b) => a.lamportTime - b.lamportTime);
        assert.ok(areConcurrent(earlier, later), `seed ${seed}`);
      }
    }
  }
});

test('an answer is not concurrent with what it answers; two that cross are', () => {
  assert.ok(!areConcurrent(message('alice', 5, 6), message('bob', 8, 9))); // bob received 6 at 7, and sent at 8
  assert.ok(areConcurrent(message('alice', 5, 6), message('bob', 7, 8))); // bob sent at 7, so he had received nothing above 5
  assert.ok(!areConcurrent(message('alice', 5, 6), message('alice', 7, 8))); // one after the other
  assert.ok(!areConcurrent(message('alice', 5, 6), { ...message('bob', 0, 8), type: 'LEFT' }));
});

test('only the end of a monologue is concurrent with what crosses it', () => {
  const conversation = new Conversation();
  const items = [message('alice', 1, 2), message('alice', 4, 5), message('alice', 7, 8), message('bob', 6, 9)]
    .map((event) => conversation.append(event));
  assert.equal(items[0].group, undefined);
  assert.deepEqual(items.map(({ group }) => group?.length), [undefined, 3, 3, 3]);
});

test('the conversation has each event once, and missing ones go where they belong', () => {
  const conversation = new Conversation();
  [10, 12, 20].forEach((time) => conversation.append(message('bob', 0, time)));
  conversation.notice('you left');
  conversation.append(message('bob', 0, 30));
  assert.equal(conversation.append(message('bob', 0, 12)), undefined);
  assert.deepEqual(conversation.put([message('al', 0, 3), message('al', 0, 5), message('bob', 0, 10)]), { at: 0, count: 2 });
  assert.deepEqual(conversation.put([message('al', 0, 22), message('al', 0, 25)]), { at: 6, count: 2 });
  assert.deepEqual(conversation.items.map(({ event, notice }) => event?.lamportTime ?? notice), [3, 5, 10, 12, 20, 'you left', 22, 25, 30]);
  assert.equal(conversation.oldest.lamportTime, 3);
  assert.equal(conversation.indexOf(25), 7);
});

test('a new log begins below what was said before', () => {
  const conversation = new Conversation();
  [10, 12].forEach((time) => conversation.append(message('bob', 0, time)));
  conversation.newLog();
  conversation.append(message('bob', 0, 10));
  conversation.put([message('bob', 0, 4)]);
  assert.deepEqual(conversation.items.map(({ event }) => event.lamportTime), [10, 12, 4, 10]);
});

test('the number of items is bounded', () => {
  const conversation = new Conversation();
  for (let time = 1; time <= MAX_ITEMS + 1; time++) {
    conversation.append(message('bob', 0, time));
  }
  assert.ok(conversation.trim() > 0);
  assert.ok(conversation.items.length < MAX_ITEMS);
  assert.equal(conversation.has(1), false);
  assert.equal(conversation.trim(), 0);
});

test('who is present is the list and what came since it was asked for', () => {
  const presence = new Presence();
  const event = (type, participant, lamportTime) => ({ type, participant, lamportTime });
  presence.asking();
  presence.received(event('LEFT', 'carol', 9)); // before the list was made
  presence.received(event('LEFT', 'bob', 11));
  presence.received(event('JOINED', 'dave', 12));
  presence.listed({ participants: [{ name: 'alice', joinedAt: 1 }, { name: 'bob', joinedAt: 2 }, { name: 'carol', joinedAt: 10 }], asOf: 10 });
  assert.deepEqual(presence.names, ['alice', 'carol', 'dave']);
});

/** A log with gaps between Lamport times, as reads of others leave them. */
function logOf(times, kept = 0) {
  const events = times.map((lamportTime, i) => ({ lamportTime, previousLamportTime: times[i - 1] ?? 0 })).slice(kept);
  const ask = async (after, size) => events.filter((event) => event.lamportTime > after).slice(0, size);
  return { events, ask };
}

test('history is read back to its begin, without a gap', async () => {
  const times = [];
  for (let time = 3; times.length < 1000; time += 1 + ((time * 7) % 400)) {
    times.push(time);
  }
  const { events, ask } = logOf(times);
  let here = [events.at(-1)];
  for (let i = 0; i < 200; i++) {
    const found = await older(ask, here[0]);
    if (found.length === 0) {
      break;
    }
    here = [...found, ...here];
  }
  assert.deepEqual(here.map((event) => event.lamportTime), times);
});

test('history ends where nothing is kept any more', async () => {
  const { events, ask } = logOf([5, 6, 7, 8, 9], 2);
  assert.deepEqual(await older(ask, events[0]), []);
});

test('the way back to a place has everything in between', async () => {
  const { events, ask } = logOf(Array.from({ length: 5000 }, (_, i) => i + 1));
  const found = await back(ask, events[4000], 100);
  assert.equal(found.length, 3901);
  assert.equal(found[0].lamportTime, 100);
});
