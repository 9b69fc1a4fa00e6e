// Which steps belong to what is chosen. No DOM.
import { AFTER, BEFORE, reach, relation } from './causality.js';

/**
 * For each step its side of a chosen one. If that is a message, messages count: what its author had received, who had received
 * it. Its place on the service's line makes no message an effect of another.
 */
export function sidesOf(model, chosen, bySteps) {
  const index = model.talkOf.get(chosen);
  if (bySteps || index === undefined) return reach(model, chosen);
  const { request, event } = model.talk[index];
  const past = reach(model, request >= 0 ? request : event);
  const future = reach(model, event);
  const sides = new Uint8Array(model.steps.length);
  for (const { id } of model.steps) {
    const about = model.talkAbout(id);
    if (id === request || id === event) sides[id] = id === chosen ? 0 : id === request ? BEFORE : AFTER;
    else if (about === index) sides[id] = AFTER;
    else if (about >= 0) sides[id] = sideOf(relation(model, about, index));
    else sides[id] = past[id] === BEFORE ? BEFORE : future[id] === AFTER ? AFTER : 0;
  }
  return sides;
}

function sideOf(related) {
  return related === 'concurrent' ? 0 : related === 'before' || related === 'maybe' ? BEFORE : AFTER;
}
