// What keys do: on the picture they go through Lamport time, on a step from step to step.

/** The actions of keys on the picture as a whole. `here` is the row of now, -1 before the first. */
export function timeKeys(here, last, go) {
  return {
    ArrowDown: () => go(here + 1),
    ArrowUp: () => go(here < 0 ? last : here - 1),
    Home: () => go(0),
    End: () => go(last),
  };
}

/** The actions of keys on a step. */
export function stepKeys(id, model, layout, focus, choose) {
  const own = model.ofLifeline[model.steps[id].lifeline];
  return {
    ArrowDown: () => focus(along(id, model.next, layout)),
    ArrowUp: () => focus(along(id, model.previous, layout)),
    ArrowLeft: () => focus(layout.beside(id, -1)),
    ArrowRight: () => focus(layout.beside(id, 1)),
    Home: () => focus(own[0]),
    End: () => focus(own[own.length - 1]),
    Enter: () => choose(id),
    ' ': () => choose(id),
  };
}

/** The next step on the lifeline, in one direction, that is not folded away. */
function along(id, direction, layout) {
  let next = direction[id];
  while (next >= 0 && layout.folded[next] === 1) next = direction[next];
  return next;
}

/** Makes the content of an element anew, and gives the focus to what stands where it was. */
export function keepingFocus(element, make) {
  const places = () => [...element.querySelectorAll('button, summary, input')];
  const place = places().indexOf(document.activeElement);
  make();
  if (place >= 0) places()[place]?.focus({ preventScroll: true });
}
