// Older events than those that are here, by ListEvents, which reads forward only. An event names the one before it, so a page that begins
// before that one has it.

const FIRST_SPAN = 150; // Lamport times before the event wanted; there are at most as many events
const MOST_PAGES = 12;

/**
 * Events before the oldest one that is here, in order; empty if there are none any more.
 *
 * @param ask gives a page of events after a Lamport time: (after, size) => Promise<events>
 * @param oldest the oldest event that is here
 * @param enough how many would be good
 */
export async function older(ask, oldest, enough = 60) {
  let found = [];
  let before = oldest;
  for (let span = FIRST_SPAN; before.previousLamportTime > 0 && found.length < enough && span < 1e7; span *= 4) {
    const after = Math.max(0, before.previousLamportTime - span);
    const page = await between(ask, after, before.lamportTime);
    if (page.length === 0) {
      break; // what was before is not kept any more
    }
    found = [...page, ...found];
    before = found[0];
  }
  return found;
}

/** All events from a Lamport time on, up to the oldest one that is here; undefined if that is too many. */
export function back(ask, oldest, to) {
  return to >= oldest.lamportTime ? Promise.resolve([]) : between(ask, Math.max(0, to - 1), oldest.lamportTime, true);
}

/** All events between two Lamport times, both exclusive; the newest ones, or undefined, if that is too many. */
export async function between(ask, after, before, all = false) {
  const found = [];
  let cursor = after;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await fromThere(ask, cursor);
    found.push(...page.filter((event) => event.lamportTime < before));
    const last = page.at(-1);
    if (last === undefined || last.lamportTime >= before || page.length < 1000) {
      return found;
    }
    cursor = last.lamportTime;
  }
  return all ? undefined : found.slice(-1000);
}

async function fromThere(ask, after) {
  try {
    return await ask(after, 1000);
  } catch (failure) {
    if (after > 0 && failure.reason === 'RESUME_POINT_GONE') {
      return ask(0, 1000); // from the oldest event that is kept
    }
    throw failure;
  }
}
