// Draws what did not arrive, and what was sent again because of that.
import { ROW } from './layout.js';
import { lostArrow, svg } from './svg.js';

const SENDING = new Set(['Publish', 'Join', 'Leave']);

/** Whether a request has no arrow to the service, or its reply did not come. */
export function isOpen(model, id) {
  const { arrived, answer } = model.fate.get(id);
  return model.lossOf(id) !== '' || (!arrived && answer < 0 && SENDING.has(model.steps[id].rpc));
}

/** A request that ends in a cross, or a reply that does, or a request that is under way. */
export function loss(model, layout, id) {
  const service = model.service >= 0 && layout.x[model.service] >= 0 ? layout.x[model.service] : layout.columnsEnd;
  const [x, y] = [layout.stepX(id), layout.y(id)];
  const side = service < x ? -1 : 1;
  const kind = model.lossOf(id);
  if (kind === 'unanswered') {
    const event = model.eventOf(id);
    const [ex, ey] = [layout.stepX(event), layout.y(event)];
    const to = layout.y(model.fate.get(id).answer);
    const end = [ex + (x - ex) * 0.6, ey + (Math.max(to, ey + ROW) - ey) * 0.6];
    return svg('g', { class: 'loss unanswered', 'data-loss': id }, ...lostArrow(ex - side * 16, ey + 3, ...end));
  }
  const end = [x + (service - x) * 0.62, y + ROW * 0.7];
  return kind === 'lost'
    ? svg('g', { class: 'loss lost', 'data-loss': id }, ...lostArrow(x + side * 6, y + 1.5, ...end))
    : svg('g', { class: 'loss under-way', 'data-loss': id }, svg('line', { class: 'shaft', x1: x + side * 6, y1: y + 1.5, x2: end[0], y2: end[1] }));
}

/** Whether a request repeats one, or is the last of many in vain. */
export function isTied(model, layout, id) {
  return layout.foldOf.has(id) || (model.attempts.get(id)?.length ?? 0) > 1;
}

/** Repeats of one message hang together: each is tied to the attempt before it. */
export function tie(model, layout, id) {
  const fold = layout.foldOf.get(id);
  const attempts = model.attempts.get(id) ?? [];
  const before = fold !== undefined ? fold.first : attempts.slice(0, attempts.indexOf(id)).reverse().find(other => layout.y(other) >= 0);
  const group = svg('g', { class: 'tie' });
  if (before === undefined) return group;
  const x = layout.stepX(id);
  const side = -layout.side(model.steps[id].lifeline);
  const [from, to] = [layout.y(before), layout.y(id)];
  group.append(
    svg('path', { class: 'shaft', d: `M${x + side * 6},${from + 4}C${x + side * 16},${from + 10} ${x + side * 16},${to - 10} ${x + side * 6},${to - 4}` }),
    svg('title', {}, fold !== undefined ? `${fold.count} requests, one after the other, without an answer`
      : 'The same message again: sent until there was an answer, and said once.'));
  if (fold !== undefined) {
    group.append(svg('text', { class: 'count', x: x + side * 16, y: (from + to) / 2 + 4, 'text-anchor': side > 0 ? 'start' : 'end' }, `× ${fold.count}`));
  }
  return group;
}
