import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Model } from '../../../main/resources/META-INF/resources/space-time/model.js';
import {
  AFTER, BEFORE, brackets, chain, concurrentWith, pairs, proof, reach, relation, vectorClock,
} from '../../../main/resources/META-INF/resources/space-time/causality.js';
import { happenedBefore, play } from './chat.mjs';

const seed = Number(process.env.CHITTY_SEED ?? Math.floor(Math.random() * 2 ** 31));
const tries = Number(process.env.CHITTY_TRIES ?? 150);

/** Plays many conversations; a failure names the seed that repeats it alone (CHITTY_SEED=N CHITTY_TRIES=1). */
function always(name, property) {
  test(name, () => {
    for (let i = 0; i < tries; i++) {
      const one = (seed + i) % 2 ** 31;
      const { data, knew } = play(one, 2 + one % 5, 40 + one % 60);
      try {
        property(new Model(data), knew, data);
      } catch (error) {
        error.message = `CHITTY_SEED=${one}: ${error.message}`;
        throw error;
      }
    }
  });
}

always('what is before and after a step is what the definition says', (model, knew, data) => {
  const before = happenedBefore(data);
  for (const { id } of data.steps) {
    const sides = reach(model, id);
    for (const { id: other } of data.steps) {
      const expected = before[id].has(other) ? BEFORE : before[other].has(id) ? AFTER : 0;
      assert.equal(sides[other], expected, `step ${other} as seen from ${id}`);
    }
  }
});

always('a chain leads from cause to effect by steps and messages, and there is none between concurrent steps', (model, knew, data) => {
  const before = happenedBefore(data);
  const isLink = (from, to) => model.next[from] === to
    || data.messages.some(message => message.from === from && message.to === to);
  for (let i = 0; i < data.steps.length; i += 3) {
    for (let j = 0; j < data.steps.length; j += 5) {
      const path = chain(model, i, j);
      assert.equal(path.length > 0, before[j].has(i));
      path.slice(1).forEach((to, place) => assert.ok(isLink(path[place], to)));
      if (path.length > 0) assert.deepEqual([path[0], path[path.length - 1]], [i, j]);
    }
  }
});

always('vector clocks order exactly the steps that are ordered', (model, knew, data) => {
  const before = happenedBefore(data);
  const clocks = data.steps.map(({ id }) => vectorClock(model, id));
  const isLess = (one, other) => one.every((n, i) => n <= other[i]) && one.some((n, i) => n < other[i]);
  for (const { id } of data.steps) {
    for (const { id: other } of data.steps) {
      assert.equal(isLess(clocks[id], clocks[other]), before[other].has(id), `${id} and ${other}`);
    }
  }
});

/** By the definition: neither author had received the other's message, nor were they one author. */
function isConcurrent(model, knew, one, other) {
  const [first, second] = [model.talk[one], model.talk[other]];
  return first.author !== second.author
    && !knew.get(second.event).has(first.event) && !knew.get(first.event).has(second.event);
}

always('messages are concurrent if neither author had received the other’s', (model, knew) => {
  for (let one = 0; one < model.talk.length; one++) {
    const all = [];
    for (let other = 0; other < model.talk.length; other++) {
      if (one === other) continue;
      const expected = isConcurrent(model, knew, one, other);
      assert.equal(relation(model, one, other), expected ? 'concurrent' : one < other ? 'before' : 'after');
      if (expected) all.push(other);
    }
    assert.deepEqual(concurrentWith(model, one), all);
  }
});

always('the brackets hold every concurrent pair, and no other', (model, knew) => {
  const bracketed = new Set();
  const found = brackets(model);
  for (const { members, all } of found) {
    const last = members[members.length - 1];
    for (const [i, one] of members.entries()) {
      for (const other of all ? members.slice(i + 1) : [last]) if (one !== other) bracketed.add(`${one}|${other}`);
    }
  }
  const expected = new Set();
  for (let one = 0; one < model.talk.length; one++) {
    for (let other = one + 1; other < model.talk.length; other++) {
      if (isConcurrent(model, knew, one, other)) expected.add(`${one}|${other}`);
    }
  }
  assert.deepEqual([...bracketed].sort(), [...expected].sort());
  assert.equal(pairs(found), expected.size);
});

always('a proof begins with the first message, ends with the second, and each of its steps is before the next', (model, knew, data) => {
  const before = happenedBefore(data);
  for (let one = 0; one < model.talk.length; one++) {
    for (let other = one + 1; other < model.talk.length; other++) {
      if (relation(model, one, other) !== 'before') continue;
      const steps = proof(model, one, other);
      assert.equal(steps[0], model.talk[one].request);
      assert.equal(steps[steps.length - 1], model.talk[other].event);
      steps.slice(1).forEach((to, i) => assert.ok(before[to].has(steps[i]), `${steps[i]} is before ${to}`));
    }
  }
});

test('requests that get lost, and those that are repeated, are told apart', () => {
  let lost = 0;
  for (let one = seed; one < seed + 50; one++) {
    const { data } = play(one % 2 ** 31);
    const model = new Model(data);
    for (const step of data.steps) {
      if (step.kind !== 'request') continue;
      const arrived = data.messages.some(message => message.from === step.id);
      if (model.lossOf(step.id) === 'lost') {
        lost++;
        assert.ok(!arrived);
      }
    }
  }
  assert.ok(lost > 0);
});
