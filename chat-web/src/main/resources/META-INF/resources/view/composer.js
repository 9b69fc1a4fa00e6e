// The field for a message: Enter sends, Shift and Enter begins a line. The count appears near the limit.
import { codePoints, MAX_TEXT, problemOf } from '../chat/text.js';
import { sentence } from '../chat/words.js';
import { find, show } from './dom.js';

const COUNT_FROM = MAX_TEXT - 28; // code points
const MANY = MAX_TEXT * 2; // UTF-16 units

export class Composer {
  #form = find('#composer');
  #text = find('#text');
  #counter = find('#counter');
  #publish;

  /**
   * @param publish sends a text
   * @param say tells the user a sentence
   * @param scroller what the keys for pages scroll
   */
  constructor({ publish, say, scroller }) {
    this.#publish = publish;
    this.#text.addEventListener('input', () => this.#changed());
    this.#text.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#send(say);
      } else if (event.key === 'PageUp' || event.key === 'PageDown') {
        event.preventDefault();
        scroller.scrollBy({ top: (event.key === 'PageUp' ? -0.8 : 0.8) * scroller.clientHeight });
      }
    });
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send(say);
    });
  }

  show(shown) {
    show(shown, this.#form);
    if (shown) {
      this.#text.focus();
      this.#changed();
    }
  }

  #send(say) {
    const text = this.#text.value;
    if (text === '') {
      return;
    }
    const reason = problemOf(text);
    if (reason !== undefined) {
      say(sentence({ reason }));
      return;
    }
    say('');
    this.#text.value = '';
    this.#changed();
    this.#publish(text);
  }

  #changed() {
    const text = this.#text;
    const length = text.value.length > 100 * MANY ? text.value.length : codePoints(text.value);
    const left = MAX_TEXT - length;
    show(length >= COUNT_FROM, this.#counter);
    this.#counter.value = left < 0 ? `${length}/${MAX_TEXT} too long` : `${length}/${MAX_TEXT}`;
    this.#counter.dataset.level = left < 0 ? 'over' : left < 10 ? 'near' : 'far';
    text.setAttribute('aria-invalid', String(left < 0));
    text.rows = Math.min(4, Math.max(1, text.value.split('\n', 5).length, Math.ceil(length / LINE)));
  }
}

const LINE = 90; // characters that fit one line, about
