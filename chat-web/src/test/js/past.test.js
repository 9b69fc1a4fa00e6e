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
    put: (events) => made.conversation.put(events),
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
