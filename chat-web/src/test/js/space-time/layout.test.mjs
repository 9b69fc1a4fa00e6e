import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Layout, ROW } from '../../../main/resources/META-INF/resources/space-time/layout.js';
import { Model } from '../../../main/resources/META-INF/resources/space-time/model.js';
import { long, play, random } from './chat.mjs';

const seed = Number(process.env.CHITTY_SEED ?? Math.floor(Math.random() * 2 ** 31));

function played(one, people = 2 + one % 5) {
  return new Model(play(one, people, 60 + one % 80).data);
}

test('what is visible is what touches the part, and nothing else', () => {
  for (let one = seed; one < seed + 60; one++) {
    const model = played(one % 2 ** 31);
    const layout = new Layout(model, { width: 900 });
    const next = random(one);
    for (let i = 0; i < 10; i++) {
      const top = next() * layout.height;
      const bottom = top + next() * 500;
      const seen = layout.visible(top, bottom);
      for (const { id } of model.steps) {
        const y = layout.y(id);
        if (y >= top && y <= bottom) assert.ok(seen.steps.includes(id), `seed ${one}: step ${id}`);
      }
      const touching = model.messages.filter(({ from, to }) =>
        Math.min(layout.y(from), layout.y(to)) <= bottom && Math.max(layout.y(from), layout.y(to)) >= top).map(({ id }) => id);
      assert.deepEqual(seen.arrows, touching, `seed ${one}`);
    }
  }
});

test('an arrow points down, and steps of one process do not touch each other', () => {
  for (let one = seed; one < seed + 60; one++) {
    const model = played(one % 2 ** 31);
    const layout = new Layout(model);
    for (const { from, to } of model.messages) assert.ok(layout.y(from) < layout.y(to), `seed ${one}`);
    for (const own of model.ofLifeline) {
      own.slice(1).forEach((id, i) => assert.ok(layout.y(id) - layout.y(own[i]) >= ROW, `seed ${one}: ${own[i]} and ${id}`));
    }
  }
});

test('brackets that share a height stand side by side', () => {
  for (let one = seed; one < seed + 60; one++) {
    const layout = new Layout(played(one % 2 ** 31, 3));
    const shown = layout.brackets.filter(({ lane }) => lane >= 0 && lane < 11);
    for (const [i, first] of shown.entries()) {
      for (const second of shown.slice(i + 1)) {
        if (first.lane === second.lane) assert.ok(first.bottom < second.top || second.bottom < first.top, `seed ${one}`);
      }
    }
  }
});

test('who is left out takes no place, and neither do rows of nobody else', () => {
  const model = played(7, 4);
  const layout = new Layout(model, { hidden: new Set([1]) });
  for (const { id, lifeline } of model.steps) assert.equal(layout.y(id) < 0, lifeline === 1);
  assert.ok(!layout.order.includes(1));
  assert.ok(layout.rows.every(({ time }) => model.steps.some(step => step.time === time && step.lifeline !== 1)));
});

/** The shortest of three times, in milliseconds: other work on the machine only makes it longer. */
function shortest(run) {
  return Math.min(...[1, 2, 3].map(() => {
    const begin = performance.now();
    run();
    return performance.now() - begin;
  }));
}

test('time to lay out grows with the steps, not with their square', () => {
  const [short, all] = [long(1_350), long(13_500)];
  assert.ok(all.steps.length > 100_000, `${all.steps.length} steps`);
  const laid = [short, all].map(data => shortest(() => new Layout(new Model(data))));
  console.log(`${all.steps.length} steps: ${laid[1].toFixed(0)} ms to lay out, a tenth of them: ${laid[0].toFixed(0)} ms`);
  assert.ok(laid[1] < 50 * laid[0], `${laid} ms`);
});

test('in a hundred thousand steps a part is found without a look at the rest', () => {
  const data = long(13_500);
  assert.ok(data.steps.length > 100_000, `${data.steps.length} steps`);
  const layout = new Layout(new Model(data));
  let looks = 0;
  layout.y = id => {
    looks++;
    return Layout.prototype.y.call(layout, id);
  };
  const middle = layout.height / 2;
  const { steps, arrows } = layout.visible(middle, middle + 1600);
  assert.ok(steps.length > 50 && arrows.length > 50);
  assert.ok(looks < 5000, `${looks} looks`);
});

test('many requests in vain are folded: the first and the last stay, and nobody else’s', () => {
  const steps = [];
  const add = (lifeline, time, kind, more = {}) => steps.push({ id: steps.length, lifeline, time, kind, rpc: 'Publish', text: '', summary: kind, broken: false, ...more });
  add(1, 1, 'receipt');
  for (let i = 0; i < 40; i++) {
    add(1, 2 + i, 'request', { sequence: 1 });
    if (i % 10 === 0) add(2, 2 + i, 'receipt');
    add(1, 2 + i, 'no-answer', { sequence: 1, text: 'UNAVAILABLE' });
  }
  add(1, 60, 'receipt');
  const lifeline = (id, role) => ({ id, role, name: `${role} ${id}`, shown: `${role} ${id}`, presences: [] });
  const model = new Model({
    lifelines: [lifeline(0, 'service'), lifeline(1, 'participant'), lifeline(2, 'participant')], steps, messages: [],
    window: { from: 1, to: 60, first: 1, last: 60 },
  });
  const layout = new Layout(model);
  const shown = id => layout.y(id) >= 0;
  assert.deepEqual(layout.folds.map(({ count }) => count), [40]);
  assert.deepEqual(model.ofLifeline[1].filter(shown).map(id => [model.steps[id].time, model.steps[id].kind]),
    [[1, 'receipt'], [2, 'request'], [2, 'no-answer'], [41, 'request'], [41, 'no-answer'], [60, 'receipt']]);
  assert.ok(model.ofLifeline[2].every(shown));
  assert.equal(new Layout(model, { unfolded: true }).rows.length, 42);
});
