import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Choice } from '../../../main/resources/META-INF/resources/space-time/choice.js';
import { eventsWith, findsOf, nextOf } from '../../../main/resources/META-INF/resources/space-time/finds.js';
import { Layout } from '../../../main/resources/META-INF/resources/space-time/layout.js';
import { Model } from '../../../main/resources/META-INF/resources/space-time/model.js';
import { cut, play } from './chat.mjs';

const seed = Number(process.env.CHITTY_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Goes from one to the next until the first comes again. */
function walk(found, layout) {
  const seen = [];
  let row = -1;
  let chosen = [];
  for (let i = 0; i <= found.length; i++) {
    const next = nextOf(found, layout, row, chosen);
    if (next === seen[0]) return seen;
    seen.push(next);
    row = next.ids.length > 0 ? layout.rowOf[next.ids[0]] : layout.rowOfTime(next.time);
    chosen = next.ids;
  }
  return seen;
}

test('whoever goes on comes to all that is there, each once', () => {
  for (let one = seed; one < seed + 40; one++) {
    const { data } = play(one % 2 ** 31, 4, 120);
    data.steps.filter((_, id) => id % 17 === 0).forEach(step => { step.broken = true; });
    const model = new Model({ ...data, incidents: [{ after: 9, what: 'the service died' }, { after: 30, what: 'the service started' }] });
    const layout = new Layout(model);
    const finds = findsOf(model, layout);
    assert.ok(['concurrent', 'violation', 'crash'].every(kind => finds.has(kind)), `seed ${one}: ${[...finds.keys()]}`);
    for (const [kind, found] of finds) assert.deepEqual(new Set(walk(found, layout)), new Set(found), `seed ${one}: ${kind}`);
  }
});

test('nobody is led to what is not shown', () => {
  const { data } = play(7, 4, 120);
  const model = new Model({ ...data, violations: data.steps.filter((_, id) => id % 7 === 0).map(({ id }) => ({ what: 'R3: swapped', step: id })) });
  const hidden = new Set([model.lifelines.find(({ role }) => role === 'participant').id]);
  const kinds = layout => [...findsOf(model, layout).values()].flat().flatMap(({ ids }) => ids).filter(id => hidden.has(model.steps[id].lifeline));
  assert.ok(kinds(new Layout(model)).length > 0);
  assert.deepEqual(kinds(new Layout(model, { hidden })), []);
});

test('a kind of which there is nothing is not offered', () => {
  const model = new Model({ lifelines: [], steps: [], messages: [], window: { from: 0, to: 0, first: 0, last: 0 } });
  assert.equal(findsOf(model, new Layout(model)).size, 0);
});

test('words find the events that have all of them, and a number finds its Lamport time', () => {
  const { data } = play(7, 4, 120);
  const model = new Model(data);
  const events = model.events.map(id => model.steps[id]);
  events[3].summary = 'alice: Shall we start?';
  events[5].summary = 'carol: Let us start.';
  assert.deepEqual(eventsWith(model, 'START'), [events[3].id, events[5].id]);
  assert.deepEqual(eventsWith(model, ' start  alice '), [events[3].id]);
  assert.deepEqual(eventsWith(model, 'never said'), []);
  assert.deepEqual(eventsWith(model, ' '), []);
  assert.deepEqual(eventsWith(model, `L${events[5].time}`), [events[5].id]);
  assert.deepEqual(eventsWith(model, String(events[5].time)), [events[5].id]);
});

test('what a checker found is told of its step, and what is not here of none', () => {
  const { data } = play(7, 4, 60);
  const model = new Model({ ...data, violations: [{ what: 'R3: swapped', step: 5 }, { what: 'R4: no leave' }] });
  assert.deepEqual([...model.faults], [[5, ['R3: swapped']]]);
  assert.deepEqual(findsOf(model, new Layout(model)).get('violation'), [{ ids: [5] }]);
});

test('what is chosen stays chosen when the conversation grows and its older part is dropped', () => {
  const { data } = play(11, 4, 120);
  const part = cut(data, 10, data.window.last);
  const choice = new Choice();
  const id = [...part.places.keys()].find(step => data.steps[step].kind === 'published');
  choice.set(id);
  choice.pointed = 0; // is dropped
  choice.carry(new Model(data), new Model(part));
  assert.equal(choice.first, part.places.get(id));
  assert.equal(choice.pointed, -1);
});

test('a choice is not carried to another lifeline of the same name, nor to one that is gone', () => {
  const step = (id, lifeline) => ({ id, lifeline, time: 5, kind: 'crash', rpc: '', text: '', summary: 'gone' });
  const service = { id: 0, name: 'chat', role: 'service', shown: 'chat' };
  const namesake = { id: 1, name: 'chat', role: 'participant', shown: 'chat' };
  const whole = { messages: [], window: { from: 0, to: 9, first: 0, last: 9 } };
  const from = new Model({ ...whole, lifelines: [service, namesake], steps: [step(0, 0), step(1, 1)] });
  const choice = new Choice();
  choice.set(0, 1);
  choice.carry(from, new Model({ ...whole, lifelines: [{ ...namesake, id: 0 }, { ...service, id: 1 }], steps: [step(0, 0), step(1, 1)] }));
  assert.deepEqual(choice.chosen, [1, 0]);
  choice.set(0, 1);
  choice.carry(from, new Model({ ...whole, lifelines: [service], steps: [step(0, 0)] }));
  assert.deepEqual(choice.chosen, [0]);
});
