import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMultiplexed, MAX_STREAMS, takePlace } from '../../main/resources/META-INF/resources/chat/tabs.js';

/** Web Locks of one browser. */
class Locks {
  #queues = new Map();

  async request(name, { ifAvailable, signal } = {}, callback) {
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    if (ifAvailable && queue.length > 0) {
      return callback(null);
    }
    let begin;
    const granted = new Promise((resolve, reject) => {
      begin = resolve;
      signal?.addEventListener('abort', () => {
        if (queue[0] !== begin) {
          queue.splice(queue.indexOf(begin), 1);
          reject(signal.reason);
        }
      });
    });
    queue.push(begin);
    if (queue.length === 1) {
      begin();
    }
    await granted;
    try {
      return await callback({ name });
    } finally {
      queue.shift();
      queue[0]?.();
    }
  }
}

test('a tab too many is told, and goes on when another one is closed', async () => {
  const locks = new Locks();
  const places = [];
  let full = 0;
  for (let i = 0; i < MAX_STREAMS; i++) {
    places.push(await takePlace(() => full++, locks));
  }
  assert.equal(full, 0);
  const sixth = takePlace(() => full++, locks);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(full, 1);
  places[2]();
  const release = await sixth;
  let seventhHasOne = false;
  takePlace(() => {}, locks).then(() => (seventhHasOne = true));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(seventhHasOne, false); // what the sixth waited for as well is free for others, but for its one
  release();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(seventhHasOne);
});

test('with HTTP/2 the number of tabs does not matter', () => {
  assert.ok(isMultiplexed({ nextHopProtocol: 'h2' }));
  assert.ok(!isMultiplexed({ nextHopProtocol: 'http/1.1' }));
});
