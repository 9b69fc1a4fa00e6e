import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Model } from '../../../main/resources/META-INF/resources/space-time/model.js';
import { stubs } from '../../../main/resources/META-INF/resources/space-time/stubs.js';
import { cut, play } from './chat.mjs';

const seed = Number(process.env.CHITTY_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** The ends of arrows that a cut has left: `step lifeline comes`. */
function cutEnds(data, { places }) {
  return data.messages.filter(({ from, to }) => places.has(from) !== places.has(to)).map(({ from, to, kind }) => (places.has(to)
    ? { kind, end: `${places.get(to)} ${data.steps[from].lifeline} true` }
    : { kind, end: `${places.get(from)} ${data.steps[to].lifeline} false` }));
}

test('where an arrow comes from outside there is a stub, and nowhere else', () => {
  for (let one = seed; one < seed + 60; one++) {
    const { data } = play(one % 2 ** 31, 4, 150);
    const part = cut(data, 15, data.window.last);
    const drawn = [...stubs(new Model(part))].flatMap(([id, ends]) => ends.map(({ lifeline, comes }) => `${id} ${lifeline} ${comes}`));
    assert.deepEqual(drawn.sort(), cutEnds(data, part).map(({ end }) => end).sort(), `seed ${one}`);
  }
});

test('a copy that arrives outside leaves a stub at its event', () => {
  for (let one = seed; one < seed + 60; one++) {
    const { data } = play(one % 2 ** 31, 4, 150);
    const part = cut(data, 1, Math.floor(data.window.last * 0.7));
    const drawn = new Set([...stubs(new Model(part))].flatMap(([id, ends]) => ends.map(({ lifeline, comes }) => `${id} ${lifeline} ${comes}`)));
    const model = new Model(part);
    const listeners = new Set(model.messages.filter(({ kind }) => kind === 'broadcast').map(({ to }) => model.steps[to].lifeline));
    const expected = cutEnds(data, part).filter(({ kind, end }) => kind === 'broadcast' && listeners.has(Number(end.split(' ')[1])));
    for (const { end } of expected) assert.ok(drawn.has(end), `seed ${one}: ${end}`);
  }
});

test('a whole conversation has no stubs', () => {
  assert.equal(stubs(new Model(play(seed, 4, 100).data)).size, 0);
});
