// The place of a step in an address: `#L42` for the service's, `#L43.alice` for a participant's, `#L20-L21` for two. No DOM.

/** The fragment for one or two steps. */
export function fragmentOf(model, ids) {
  return '#' + ids.map(id => {
    const { time, lifeline } = model.steps[id];
    return lifeline === model.service ? `L${time}` : `L${time}.${encodeURIComponent(model.lifelines[lifeline].name).replaceAll('-', '%2D')}`;
  }).join('-');
}

/** The steps that a fragment names, as far as they are there. */
export function stepsOf(model, fragment) {
  return fragment.replace(/^#/, '').split('-').slice(0, 2).map(part => stepOf(model, part)).filter(id => id >= 0);
}

function stepOf(model, part) {
  const match = /^L(\d{1,19})(?:\.(.+))?$/.exec(part);
  if (match === null) return -1;
  const time = Number(match[1]);
  if (match[2] === undefined) return model.at(time);
  const lifeline = model.lifelines.findIndex(({ name }) => name === decoded(match[2]));
  return lifeline < 0 ? -1 : model.ofLifeline[lifeline].find(id => model.steps[id].time === time) ?? -1;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
