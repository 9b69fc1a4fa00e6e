// Text of other people, made harmless by the same rules as io.chittychat.text and the terminal client have.

/** The longest message, in Unicode code points. */
export const MAX_TEXT = 128;

/** The most marks on one letter. No script needs more, and more would paint over the lines above. */
const MAX_MARKS = 4;

// Control characters, line and paragraph separators, controls of the bidirectional algorithm, lone surrogates.
const HARMFUL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Cs}]/gu;
const MARKS = new RegExp(`([\\p{Mn}\\p{Me}]{${MAX_MARKS}})[\\p{Mn}\\p{Me}]+`, 'gu');
const MARK_FIRST = /^[\p{Mn}\p{Me}]/u;
const DOTTED_CIRCLE = '\u25cc'; // the base that Unicode gives to a mark without a letter
const LONE_SURROGATE = /\p{Cs}/u;
const SHORT = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text with its harmful characters as visible escapes, such as \n or \u202e. */
export function safe(text) {
  return text.replace(HARMFUL, (c) => SHORT[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The text as a line shows it: safe, and without towers of marks. */
export function tame(text) {
  const line = safe(text).replace(MARKS, '$1…');
  return MARK_FIRST.test(line) ? DOTTED_CIRCLE + line : line;
}

/** The length in Unicode code points. */
export function codePoints(text) {
  let length = 0;
  for (const _ of text) {
    length++;
  }
  return length;
}

/** Why a text cannot be published: 'TEXT_TOO_LONG', 'TEXT_BLANK' or 'TEXT_NOT_UTF8'; undefined if it can. */
export function problemOf(text) {
  if (text.length > MAX_TEXT * 2) {
    return 'TEXT_TOO_LONG'; // before any other work: a code point has at most 2 UTF-16 units
  }
  if (LONE_SURROGATE.test(text)) {
    return 'TEXT_NOT_UTF8';
  }
  if (codePoints(text) > MAX_TEXT) {
    return 'TEXT_TOO_LONG';
  }
  return /^\p{White_Space}*$/u.test(text) ? 'TEXT_BLANK' : undefined;
}

/** The form in which two names are the same: NFKC, full case folding, NFKC. */
export function nameKey(name) {
  const folded = Array.from(name.normalize('NFKC'), (c) =>
    c === '\u0131' ? c : c.toLowerCase().toUpperCase().toLowerCase());
  return folded.join('').normalize('NFKC');
}

const words = (text) => text.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** Whether a text has a name in it, as a word or words. */
export function calls(text, name) {
  const wanted = words(name);
  if (wanted.length === 0) {
    return text.includes(name);
  }
  const found = words(text);
  return found.some((_, at) => wanted.every((word, i) => found[at + i] === word));
}
