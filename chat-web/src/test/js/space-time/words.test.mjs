import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fragmentOf, stepsOf } from '../../../main/resources/META-INF/resources/space-time/link.js';
import { sidesOf } from '../../../main/resources/META-INF/resources/space-time/lit.js';
import { AFTER, BEFORE, relation } from '../../../main/resources/META-INF/resources/space-time/causality.js';
import { Model } from '../../../main/resources/META-INF/resources/space-time/model.js';
import { compare, knowledge, why } from '../../../main/resources/META-INF/resources/space-time/words.js';
import { play } from './chat.mjs';

const seed = Number(process.env.CHITTY_SEED ?? Math.floor(Math.random() * 2 ** 31));
const models = Array.from({ length: 60 }, (_, i) => new Model(play((seed + i) % 2 ** 31, 4, 80).data));
const plain = parts => parts.map(part => typeof part === 'string' ? part : part.text).join('');

test('the sum of every step is its Lamport time, and names the two times that it came from', () => {
  for (const model of models) {
    for (const { id, time, kind } of model.steps) {
      const text = plain(why(model, id).sum);
      const sum = /^max\(own (\d+), received (\d+)\) \+ 1 = (\d+)$/.exec(text) ?? /^(?:own )?(\d+) ()\+ 1 = (\d+)$/.exec(text);
      if (kind === 'no-answer') {
        assert.equal(text, `still ${time}`);
        continue;
      }
      assert.notEqual(sum, null, `seed ${seed}: ${text}`);
      assert.equal(Math.max(Number(sum[1]), Number(sum[2])) + 1, time, `seed ${seed}: ${text}`);
      assert.equal(Number(sum[3]), time);
    }
  }
});

test('a time that breaks the rule is not explained away', () => {
  const { data } = play(3, 3, 40);
  const receipt = data.steps.find(({ kind }) => kind === 'receipt');
  receipt.time -= 1;
  const { sum, rule } = why(new Model(data), receipt.id);
  assert.match(plain(sum), new RegExp(`, and it is ${receipt.time}$`));
  assert.match(rule, /breaks/);
});

test('each message is known before, known after, or concurrent, and once', () => {
  for (const model of models) {
    for (let index = 0; index < model.talk.length; index++) {
      const { knew, earlier, knownBy, maybeKnownBy, concurrent } = knowledge(model, index);
      const all = [...knew, ...earlier, ...knownBy, ...maybeKnownBy, ...concurrent, index].sort((one, other) => one - other);
      assert.deepEqual(all, model.talk.map((_, i) => i), `seed ${seed}`);
    }
  }
});

test('a message lights up messages: never one that is concurrent', () => {
  for (const model of models) {
    for (let index = 0; index < model.talk.length; index++) {
      const sides = sidesOf(model, model.talk[index].event, false);
      model.talk.forEach(({ event }, other) => {
        if (other === index) return;
        const expected = { before: BEFORE, after: AFTER, concurrent: 0 }[relation(model, other, index)];
        assert.equal(sides[event], expected, `seed ${seed}`);
      });
    }
  }
});

test('two that are concurrent are said to be, whichever is clicked first', () => {
  const model = models.find(one => one.talk.some((_, i) => i > 0 && relation(one, i - 1, i) === 'concurrent'));
  const late = model.talk.findIndex((_, i) => i > 0 && relation(model, i - 1, i) === 'concurrent');
  assert.equal(compare(model, late - 1, late).verdict, 'concurrent');
  assert.deepEqual(compare(model, late, late - 1), compare(model, late - 1, late));
  assert.match(plain(compare(model, late - 1, late).sentence), /are concurrent: .* had not received/);
});

test('a link leads back to its steps, and a foreign one to none', () => {
  for (const model of models.slice(0, 10)) {
    for (const { id, kind } of model.steps) {
      if (kind !== 'no-answer') assert.deepEqual(stepsOf(model, fragmentOf(model, [id])), [id]);
    }
  }
  for (const foreign of ['', '#', '#L', '#Lx', '#L99999', '#L1.nobody', '#L1.%', '#top', '#L1-L2-L3-']) {
    assert.ok(stepsOf(models[0], foreign).every(id => id >= 0));
  }
});
