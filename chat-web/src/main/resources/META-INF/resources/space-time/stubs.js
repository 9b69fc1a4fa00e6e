// Arrows whose other end is outside of the part of the conversation that is here: what is known of them is a stub. No DOM.
import { firstAtLeast, isOfService } from './model.js';

const ANSWERED = new Set(['Join', 'Publish', 'Leave']);

/** For each step with such arrows the other ends: `{lifeline, comes}`, whether it comes from there or goes there. */
export function stubs(model) {
  const found = new Map();
  const add = (id, stub) => found.set(id, [...(found.get(id) ?? []), stub]);
  if (model.window.from > model.window.first) causesOutside(model, add);
  if (model.window.to < model.window.last) copiesOutside(model, add);
  return found;
}

function causesOutside(model, add) {
  const places = new Map(model.lifelines.map(({ name }, id) => [name, id]));
  for (const step of model.steps) {
    if (model.incoming.of(step.id).length > 0) continue;
    if (isOfService(step)) {
      const from = places.get(step.author);
      if (from !== undefined && from !== model.service && step.sent > 0 && step.sent < model.window.from) add(step.id, { lifeline: from, comes: true });
    } else if (model.service >= 0 && (step.kind === 'receipt' || (step.kind === 'reply' && ANSWERED.has(step.rpc)))) {
      add(step.id, { lifeline: model.service, comes: true });
    }
  }
}

/** Whoever is present, has received up to an event, and goes on, receives what comes after it outside. */
function copiesOutside(model, add) {
  const newest = newestReceived(model);
  for (const [lifeline, time] of newest) {
    const { presences } = model.lifelines[lifeline];
    for (let place = firstAtLeast(model.events, id => model.steps[id].time, time + 1); place < model.events.length; place++) {
      const event = model.steps[model.events[place]];
      if (presences.some(({ joined, ended, ending }) => joined <= event.time && (ending === 'open' || event.time < ended))) add(event.id, { lifeline, comes: false });
    }
  }
}

/** For each lifeline that receives to the end the time of the newest event that it has received. */
function newestReceived(model) {
  const newest = new Map();
  for (const { from, to, kind } of model.messages) {
    const { lifeline } = model.steps[to];
    if (kind === 'broadcast') newest.set(lifeline, Math.max(newest.get(lifeline) ?? 0, model.steps[from].time));
  }
  for (const lifeline of newest.keys()) {
    const own = model.ofLifeline[lifeline];
    if (model.steps[own[own.length - 1]].kind === 'crash') newest.delete(lifeline);
  }
  return newest;
}
