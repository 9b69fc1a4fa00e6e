// A colour for each participant, by the same rule as the terminal client: the same name has the same colour everywhere.
import { nameKey } from './text.js';

/** The number of colours; page.css has them as --author-0, --author-1, … in a light and a dark shade. */
export const COLOURS = 12;

/** The number of a name's colour; equal names, in whatever spelling, have the same. */
export function colourOf(name) {
  const key = nameKey(name);
  let hash = 0;
  for (let i = 0; i < key.length; i++) {
    hash = (Math.imul(31, hash) + key.charCodeAt(i)) | 0;
  }
  const mixed = hash ^ (hash >>> 7) ^ (hash >>> 15);
  return ((mixed % COLOURS) + COLOURS) % COLOURS;
}
