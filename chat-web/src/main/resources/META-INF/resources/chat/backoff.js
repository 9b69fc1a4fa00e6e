// The wait before an attempt is repeated: it doubles with each failure, and a random part of up to a half is subtracted, so that
// participants that lost the same service do not come back at the same moment (M. Brooker, Exponential Backoff and Jitter).

const INITIAL = 100; // ms
const MAX = 2000; // ms: a restarted service is found within the resume window of 5 s

/** @param failures the number of failed attempts in a row, from 1. Returns ms. */
export function backoff(failures, random = Math.random) {
  const doubled = Math.min(MAX, INITIAL * 2 ** Math.min(failures - 1, 10));
  return doubled * (1 - random() / 2);
}
