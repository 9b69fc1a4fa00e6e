// The number of messages that came while the reader looked elsewhere, and the way to them.
import { find, show } from './dom.js';

const TITLE = document.title;

export class Unread {
  #button = find('#newest');
  #number = find('#unread');
  #count = 0;
  #following = true;

  /** @param jump goes to the newest message */
  constructor(jump) {
    this.#button.addEventListener('click', () => {
      jump();
      find('#scroller').focus();
    });
    document.addEventListener('visibilitychange', () => this.#seen());
  }

  /** A message of another participant came. */
  add() {
    if (!this.#following || document.hidden) {
      this.#count++;
      this.#draw();
    }
  }

  /** Whether the newest message is in view. */
  following(following) {
    this.#following = following;
    show(!following, this.#button);
    this.#seen();
  }

  #seen() {
    if (this.#following && !document.hidden) {
      this.#count = 0;
    }
    this.#draw();
  }

  #draw() {
    this.#number.textContent = this.#count === 0 ? '' : ` · ${this.#count} new`;
    document.title = this.#count === 0 ? TITLE : `(${this.#count}) ${TITLE}`;
  }
}
