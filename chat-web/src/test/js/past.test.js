import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conversation } from '../../main/resources/META-INF/resources/chat/conversation.js';
import { Failure } from '../../main/resources/META-INF/resources/chat/failure.js';
import { Past } from '../../main/resources/META-INF/resources/chat/past.js';

const event = (lamportTime, previousLamportTime = lamportTime - 1) => ({
  lamportTime, previousLamportTime, type: 'PUBLISHED', participant: 'bob', participantLamportTime: 1, text: `at ${lamportTime}`,
});

/** A tab whose sessions read a log; `ask` may be replaced. */
function tab(log) {
  const made = {
    conversation: new Conversation(),
    said: [],
    session: { generation: 0, joinedAt: 0, events: (after, size) => made.ask(after, size) },
    ask: async (after, size) => log.filter(({ lamportTime }) => lamportTime > after).slice(0, size),
    live: true,
  };
  made.past = new Past({
    conversation: made.conversation,
    session: () => made.session,
    isLive: () => made.live,
    inserted: () => {},
    say: (text) => made.said.push(text),
  });
  made.lines = () => made.conversation.items.map((item) => item.notice ?? item.event.lamportTime);
  return made;
}

test('the conversation begins where there is nothing older', async () => {
  const one = tab([event(1), event(2), event(3)]);
  one.conversation.append(event(3));
  await one.past.readBack();
  assert.deepEqual(one.lines(), [1, 2, 3]);
  await one.past.readBack();
  assert.deepEqual(one.said, ['', 'The conversation begins here.']);
});

test('a session that is lost while older events are read says nothing of where the conversation begins, and the next one reads on', async () => {
  const one = tab([event(1), event(2), event(3)]);
  const { ask } = one;
  one.conversation.append(event(3));
  one.ask = async () => {
    one.session.generation++;
    one.ask = ask;
    throw new Failure('canceled', 'the session was lost meanwhile');
  };
  await one.past.readBack();
  assert.deepEqual(one.lines(), [1, 2, 3]);
  assert.ok(!one.past.atBegin);
  assert.deepEqual(one.said, ['']);
});

test('events of a log that is gone are not put into the new one', async () => {
  const one = tab([event(1), event(2), event(3)]);
  const { ask } = one;
  one.conversation.append(event(3));
  one.ask = async (after, size) => {
    one.session.generation++;
    one.live = false;
    return ask(after, size);
  };
  await one.past.readBack();
  assert.deepEqual(one.lines(), [3]);
  assert.deepEqual(one.said, []);
});

/** A tab that was there up to time 3, and is back since a time; it is told what it missed by the service that `log` is. */
function back(log, joinedAt) {
  const one = tab(log);
  one.conversation.append(event(3));
  one.session.joinedAt = joinedAt;
  one.past.joined();
  one.conversation.append(event(joinedAt));
  return one;
}

const MISSED = /^Some events between Lamport times 3 and (\d+) were not received\.$/;

test('what was said since this tab left is put in, also if the connection is lost meanwhile', async () => {
  const one = back([1, 2, 3, 4, 5, 6].map((time) => event(time)), 6);
  const { ask } = one;
  one.ask = async () => {
    one.live = false;
    throw Failure.ofNetwork('lost');
  };
  await one.past.fillGaps();
  assert.deepEqual(one.lines(), [3, 6]);
  Object.assign(one, { ask, live: true });
  await one.past.fillGaps();
  assert.deepEqual(one.lines(), [3, 4, 5, 6]);
});

test('a gap that stays is shown where it is', async () => {
  const refused = back([], 6);
  refused.ask = async () => {
    throw new Failure('data_loss', 'damaged', { reason: 'LOG_DAMAGED' });
  };
  const long = back(Array.from({ length: 14_000 }, (_, i) => event(i + 1)), 13_999);
  for (const one of [refused, long]) {
    await one.past.fillGaps();
    const [first, notice, last, ...rest] = one.lines();
    assert.deepEqual([first, last, rest], [3, one.session.joinedAt, []]);
    assert.equal(Number(MISSED.exec(notice)[1]), one.session.joinedAt);
    await one.past.fillGaps();
    assert.equal(one.lines().length, 3);
  }
  for (const kept of [[5, 6], [6]]) { // the service has removed the events before
    const one = back(kept.map((time) => event(time)), 6);
    await one.past.fillGaps();
    const [first, notice, ...rest] = one.lines();
    assert.deepEqual([first, ...rest], [3, ...kept]);
    assert.equal(Number(MISSED.exec(notice)[1]), kept[0]);
  }
});

test('a gap outlives the session in which it could not be read', async () => {
  const one = back([1, 2, 3, 4, 5, 6, 7].map((time) => event(time)), 5);
  one.session.joinedAt = 7;
  one.past.joined();
  one.conversation.append(event(7));
  await one.past.fillGaps();
  assert.deepEqual(one.lines(), [3, 4, 5, 6, 7]);
});
