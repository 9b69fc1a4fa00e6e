// Tells a screen reader what came: the last messages, or how many if they come faster than anybody can listen.
import { tame } from '../chat/text.js';
import { element, find } from './dom.js';

const MOST = 4; // messages in one go
const KEPT = 8;

export class Announcer {
  #region = find('#announcer');
  #new = [];

  /** An event that came while the conversation was live. */
  add(event) {
    this.#new.push(event.type === 'PUBLISHED' ? `${tame(event.participant)}: ${tame(event.text)}` : tame(event.text));
    if (this.#new.length === 1) {
      setTimeout(() => this.#say(), 150);
    }
  }

  #say() {
    const lines = this.#new.length > MOST ? [`${this.#new.length} new messages`] : this.#new;
    this.#new = [];
    this.#region.append(...lines.map((line) => element('p', { dir: 'auto' }, line)));
    while (this.#region.childElementCount > KEPT) {
      this.#region.firstElementChild.remove();
    }
  }
}
