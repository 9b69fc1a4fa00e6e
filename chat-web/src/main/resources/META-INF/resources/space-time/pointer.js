// What a mouse, a pen or a finger does on the picture.

/** @param act `choose(step)`, `compare(step, step)`, `clear()`, `point(step or -1)`, `zoom(by)` */
export function listenToPointer({ content, scroller }, act) {
  let place = '';
  const stepAt = event => Number(event.target.closest?.('[data-step]')?.dataset.step ?? -1);
  content.addEventListener('click', event => {
    const pair = event.target.closest?.('[data-pair]')?.dataset.pair.split(' ').map(Number);
    const id = stepAt(event);
    if (pair !== undefined) act.compare(...pair);
    else if (id >= 0) act.choose(id);
    else act.clear();
  });
  // A click leaves the keys with time; who comes by Tab walks from step to step.
  content.addEventListener('mousedown', event => {
    event.preventDefault();
    scroller.focus({ preventScroll: true });
  });
  // A pointer that lies still while the picture moves below it points at nothing.
  content.addEventListener('pointermove', event => {
    const now = `${event.screenX} ${event.screenY}`;
    if (event.pointerType !== 'touch' && now !== place) act.point(stepAt(event));
    place = now;
  });
  content.addEventListener('pointerleave', () => act.point(-1));
  scroller.addEventListener('wheel', event => { // two fingers on a touchpad are a wheel with Ctrl
    if (!event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    act.zoom(event.deltaY < 0 ? 1 : -1);
  }, { passive: false });
}
