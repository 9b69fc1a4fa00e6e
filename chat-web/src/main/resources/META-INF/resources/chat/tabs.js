// Tabs of one browser share its connections: with HTTP/1.1 a browser opens six to one server, for all tabs together. An open stream holds
// one. Hence five tabs may have a stream, so that one connection is left for all other requests. The places are Web Locks, which a
// browser releases when a tab is gone.

/** The most streams of one browser over HTTP/1.1. */
export const MAX_STREAMS = 5;

const HANDOVER = 1000; // ms in which a page that is loaded again releases its locks

/** Whether one connection carries all requests, so that the number of tabs does not matter. */
export function isMultiplexed(navigation = performance.getEntriesByType('navigation')[0]) {
  return /^h[23]/.test(navigation?.nextHopProtocol ?? '');
}

/**
 * Takes a place for a stream, and waits for one if there is none.
 *
 * @param onFull is called once if it has to wait
 * @returns a function that gives the place back
 */
export async function takePlace(onFull, locks = navigator.locks) {
  if (locks === undefined) {
    return () => {}; // a page from another machine without TLS; nothing can be known about other tabs
  }
  const names = Array.from({ length: MAX_STREAMS }, (_, i) => `chitty-stream-${i}`);
  for (const name of names) {
    const release = await hold(locks, name, { ifAvailable: true });
    if (release !== undefined) {
      return release;
    }
  }
  onFull();
  const rest = new AbortController();
  const first = await Promise.race(names.map((name) => hold(locks, name, { signal: rest.signal })));
  rest.abort();
  return first;
}

/** Takes the name of this tab, which no other tab can have then. Returns whether it is this tab's. */
export async function isOwn(tab, locks = navigator.locks) {
  if (locks === undefined) {
    return performance.getEntriesByType('navigation')[0]?.type === 'reload';
  }
  return hold(locks, `chitty-tab-${tab}`, { signal: AbortSignal.timeout(HANDOVER) }).then(() => true, () => false);
}

/** Holds a lock; gives a function that releases it, or undefined if it is not available. */
function hold(locks, name, options) {
  return new Promise((resolve, reject) => {
    locks.request(name, options, (lock) => {
      if (lock === null) {
        resolve(undefined);
        return undefined;
      }
      return new Promise((release) => {
        if (options.signal?.aborted) {
          release(); // another place was free first
        }
        resolve(release);
      });
    }).catch(reject);
  });
}
