// One line about the connection, which is there only while there is something to say.
import { find, show } from './dom.js';

const SHORTLY = 4000; // ms
const PATIENCE = 800; // ms: a line that is back so soon is not worth a word

const LINKS = { connecting: 'connecting', live: 'live', lost: 'reconnecting', resumed: 'live', closed: 'not in the chat' };

export class Banner {
  #banner = find('#banner');
  #link = find('#link');
  #timer;
  #lost = false;
  #shownLost = false;

  state(state) {
    this.#link.textContent = LINKS[state];
    if (state === 'lost' && !this.#lost) {
      this.#lost = true;
      this.#after(PATIENCE, () => {
        this.#shownLost = true;
        this.#show('Connection lost; reconnecting. What you say waits, and is sent once.', 'warning');
      });
    } else if (state === 'resumed' || state === 'live') {
      this.#lost = false;
      if (this.#shownLost) {
        this.#shownLost = false;
        this.#show('Connected again.', 'good');
        this.#after(SHORTLY, () => this.clear());
      } else {
        clearTimeout(this.#timer);
      }
    }
  }

  /** All connections of this browser are taken. */
  full() {
    this.#show('This browser has no connection left for this tab: over HTTP/1.1, five tabs can be in the chat. '
      + 'Close another one, and this one goes on by itself.', 'warning');
  }

  /** A sentence that stays until the next one; empty for none. */
  tell(text) {
    if (text === '') {
      this.#lost || this.clear();
    } else {
      this.#show(text, 'warning');
    }
  }

  clear() {
    clearTimeout(this.#timer);
    show(false, this.#banner);
    this.#banner.textContent = '';
  }

  #show(text, kind) {
    clearTimeout(this.#timer);
    this.#banner.dataset.kind = kind;
    this.#banner.textContent = text;
    show(true, this.#banner);
  }

  #after(ms, action) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, ms);
  }
}
