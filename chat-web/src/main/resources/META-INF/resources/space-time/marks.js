// How a step looks: the form shows its kind, the same as in the pictures that the trace draws.
import { isOfService } from './model.js';
import { cross, svg } from './svg.js';

/** Half the width of the service's mark, which contains the time. */
export function halfPill(time) {
  return Math.max(13, 5 + 3.5 * String(time).length);
}

/** The shapes of a step's mark, around a point. */
export function mark(step, x, y) {
  if (isOfService(step)) return pill(step, x, y);
  switch (step.kind) {
    case 'reply':
      return [svg('circle', { class: 'open', cx: x, cy: y, r: 3.4 })];
    case 'caught-up':
      return [svg('path', { class: 'open', d: `M${x - 4.5},${y - 3.5}h9l-4.5,8z` })];
    case 'refusal':
      return [svg('circle', { class: 'open', cx: x, cy: y, r: 6 }), cross(x, y, 3)];
    case 'no-answer':
      return [svg('circle', { class: 'blank', cx: x, cy: y, r: 6 }), cross(x, y, 4.5)];
    case 'stream-end':
      return [svg('line', { class: 'bar', x1: x - 7, y1: y, x2: x + 7, y2: y })];
    case 'crash':
      return [svg('circle', { class: 'blank', cx: x, cy: y, r: 9 }), cross(x, y, 6.5)];
    default:
      return [svg('circle', { class: step.known === 'at-least' || step.known === 'shown' ? 'hollow' : 'full', cx: x, cy: y, r: 4.6 })];
  }
}

function pill(step, x, y) {
  const half = halfPill(step.time);
  const event = step.kind !== 'attached';
  return [
    svg('rect', { class: 'pill', x: x - half, y: y - 9, width: 2 * half, height: 18, rx: event ? 9 : 2 }),
    svg('text', { class: 'number', x, y: y + 4, 'text-anchor': 'middle' }, String(step.time)),
  ];
}

/** Where an arrow that leaves or meets a mark begins, as a distance from its middle. */
export function clearance(step, ux, uy) {
  if (!isOfService(step)) return 6.5;
  const across = Math.abs(ux) < 1e-9 ? Infinity : halfPill(step.time) / Math.abs(ux);
  const down = Math.abs(uy) < 1e-9 ? Infinity : 9 / Math.abs(uy);
  return Math.min(across, down) + 1;
}
