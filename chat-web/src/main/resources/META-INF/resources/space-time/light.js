// Lights up what is chosen, and what has to do with it, in the part of a picture that is drawn.
import { AFTER, BEFORE } from './causality.js';

const SIDES = ['chosen', 'chain', 'off', 'past', 'future', 'concurrent'];

/**
 * Gives the drawn elements their classes. `chosen` and `other` are steps or -1, `sides` has the side of each step, `chain` the steps
 * that are lit instead; without a choice, what is later than `now` fades.
 */
export function light({ model, drawn, layout }, { chosen, other, sides, chain, now }) {
  const lit = id => id === chosen || id === other;
  const sideOf = id => lit(id) ? 'chosen' : chain !== null ? (chain.has(id) ? 'chain' : 'off')
    : sides[id] === BEFORE ? 'past' : sides[id] === AFTER ? 'future' : 'concurrent';
  const isChosen = chosen >= 0;
  const set = (element, id) => {
    const side = isChosen ? sideOf(id) : '';
    for (const name of SIDES) element.classList.toggle(name, name === side);
    element.classList.toggle('later', !isChosen && model.steps[id].time > now);
  };
  const dim = (element, on, time) => {
    element.classList.toggle('dim', isChosen && !on);
    element.classList.toggle('later', !isChosen && time > now);
  };
  for (const [id, element] of drawn.steps) {
    set(element, id);
    element.setAttribute('aria-pressed', String(lit(id)));
  }
  for (const [id, element] of drawn.notes) set(element, id);
  for (const [id, element] of drawn.messages) {
    const { from, to } = model.messages[id];
    const on = isChosen && (chain !== null ? [from, to].every(end => lit(end) || chain.has(end))
      : [BEFORE, AFTER].some(side => [from, to].every(end => lit(end) || sides[end] === side)));
    dim(element, on, model.steps[to].time);
    element.classList.toggle('chain', on && chain !== null);
  }
  for (const part of [drawn.losses, drawn.stubs]) {
    for (const [id, element] of part) dim(element, lit(id), model.steps[id].time);
  }
  const times = [chosen, other].filter(id => id >= 0).map(id => model.steps[id].time);
  for (const [row, element] of drawn.rows) {
    const { time } = layout.rows[row];
    element.classList.toggle('now', time === now);
    element.classList.toggle('at', times.includes(time));
  }
}
