// What a reader of a long conversation looks for: what was concurrent, what breaks a rule, what died, what got lost, and words. No DOM.

const LOST = new Set(['no-answer', 'refusal']);

/**
 * Where a reader can go next, by kind, each in order: `{ids}`, a step or two to compare, or `{time}` for what is no step. A kind without
 * any is left out, and so is what participants did that are left out. Of losses that are folded, the ends are enough.
 */
export function findsOf(model, layout) {
  const steps = ids => ids.map(id => ({ ids: [id] }));
  const isPresent = ({ lifeline }) => !layout.hidden.has(lifeline);
  const kinds = {
    concurrent: layout.brackets.filter(({ lane }) => lane >= 0)
      .map(({ members }) => ({ ids: [members[0], members[members.length - 1]].map(place => model.talk[place].event) })),
    violation: steps([...model.faults.keys()].filter(id => isPresent(model.steps[id])).sort((one, other) => one - other)),
    crash: [...steps(idsOf(model, step => step.kind === 'crash' && isPresent(step))), ...model.incidents.map(({ after }) => ({ ids: [], time: after }))],
    loss: steps(idsOf(model, step => LOST.has(step.kind) && layout.isShown(step))),
  };
  return new Map(Object.entries(kinds).filter(([, found]) => found.length > 0));
}

function idsOf(model, condition) {
  return model.steps.filter(condition).map(({ id }) => id);
}

/** The first of what was found that is below a row, or there beside what is chosen; from the top again after the last one. */
export function nextOf(found, layout, row, chosen) {
  const order = found.map(one => ({ one, key: [layout.rowOfTime(one.ids.length > 0 ? layout.model.steps[one.ids[0]].time : one.time), ...one.ids] }))
    .sort((one, other) => compareKeys(one.key, other.key));
  const here = [row, ...chosen];
  return (order.find(({ key }) => compareKeys(key, here) > 0) ?? order[0]).one;
}

/** Compares two lists of numbers, as words are compared by letters. */
function compareKeys(one, other) {
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    if ((one[i] ?? -1) !== (other[i] ?? -1)) return (one[i] ?? -1) - (other[i] ?? -1);
  }
  return 0;
}

/** The events that have all words, or the one at a Lamport time (`42`, `L42`), in order. */
export function eventsWith(model, query) {
  const time = /^L?(\d+)$/.exec(query.trim());
  if (time !== null) {
    const id = model.at(Number(time[1]));
    if (id >= 0) return [id];
  }
  const words = query.toLowerCase().split(/\s+/).filter(word => word !== '');
  return words.length === 0 ? [] : model.events.filter(id => {
    const text = model.steps[id].summary.toLowerCase();
    return words.every(word => text.includes(word));
  });
}
