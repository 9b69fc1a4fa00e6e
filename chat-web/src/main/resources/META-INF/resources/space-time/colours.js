// The class of an author's colour: view.css has one for each number.
import { colourOf } from '../chat/colours.js';

/** The class for a participant's name; empty for no name. */
export function authorClass(name) {
  return name === '' ? '' : `author-${colourOf(name)}`;
}
