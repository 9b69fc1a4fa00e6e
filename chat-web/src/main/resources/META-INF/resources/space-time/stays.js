// When a participant was in the chat, and when it heard nothing of it. No DOM.

const SILENT = new Set(['stream-end', 'crash']);
const HEARD = new Set(['receipt', 'caught-up']);

/**
 * The bars of a lifeline: `{top, bottom, hears, begins, ends, node, named}`. `begins` and `ends` say whether the stay begins or ends there, and
 * `ends` is the way in which it ended.
 */
export function stays(model, layout, lifeline) {
  const bars = [];
  const own = model.ofLifeline[lifeline];
  let next = 0;
  for (const { joined, ended, ending } of model.lifelines[lifeline].presences) {
    const first = layout.rows.length > 0 ? layout.rows[0].time : 0;
    const last = layout.rows.length > 0 ? layout.rows[layout.rows.length - 1].time : 0;
    const open = ending === 'open' || ended > last;
    if (joined > last || (!open && ended < first)) continue;
    const top = joined < first ? 0 : layout.yOfTime(joined);
    const bottom = open ? layout.height : layout.yOfTime(ended);
    let from = top;
    let hears = true;
    const begins = joined >= first;
    const bar = (to, ends) => bars.push({ top: from, bottom: to, hears, begins: begins && from === top, ends });
    for (; next < own.length; next++) {
      const y = layout.y(own[next]);
      if (y > bottom) break;
      if (y < top) continue;
      if ((hears ? SILENT : HEARD).has(model.steps[own[next]].kind)) {
        bar(y, '');
        from = y;
        hears = !hears;
      }
    }
    bar(bottom, open ? '' : ending);
  }
  return bars.flatMap(bar => atNodes(bar, model.lifelines[lifeline].attachments ?? [], layout));
}

/** A bar in parts, if its participant went from one node of the service to another: `node` is the name, `named` if it is new. */
function atNodes(bar, attachments, layout) {
  if (!bar.hears || attachments.length === 0) return [{ ...bar, node: '', named: false }];
  const parts = [];
  let from = bar.top;
  let node = '';
  let named = false;
  const part = to => {
    if (to > from) parts.push({ ...bar, top: from, bottom: to, node, named, begins: bar.begins && from === bar.top, ends: to === bar.bottom ? bar.ends : '' });
  };
  for (const [i, { time, node: next }] of attachments.entries()) {
    const y = layout.yOfTime(time);
    if (y >= bar.bottom) break;
    if (y > from) part(y);
    from = Math.max(from, y);
    named = y >= bar.top && next !== attachments[i - 1]?.node;
    node = next;
  }
  part(bar.bottom);
  return parts;
}

/** The height at which a process is gone for good; the end of the drawing if it is not. */
export function lineEnd(model, layout, lifeline) {
  const own = model.ofLifeline[lifeline];
  const last = own[own.length - 1];
  return last !== undefined && model.steps[last].kind === 'crash' ? layout.y(last) : layout.height;
}
