// Who is present.
import { element, find } from './dom.js';
import { nameOf } from './rows.js';

const SHOWN = 200; // names; a crowd is told by its number

export class People {
  #names = find('#names');
  #more = find('#more-names');
  #count = find('#count');
  #presence;
  #self;
  #scheduled = false;

  constructor(presence, self) {
    this.#presence = presence;
    this.#self = self;
  }

  changed() {
    if (this.#scheduled) {
      return;
    }
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      this.#draw();
    }, 50); // a crowd that arrives is drawn once
  }

  #draw() {
    const { names, size } = this.#presence;
    this.#count.textContent = String(size);
    this.#names.replaceChildren(...names.slice(0, SHOWN).map((name) => element('li', {},
      nameOf(name),
      name === this.#self() ? element('span', { class: 'quiet' }, ' you') : undefined,
      element('span', { class: 'quiet since' }, ` since L${this.#presence.joinedAt(name)}`))));
    this.#more.textContent = size > SHOWN ? `and ${size - SHOWN} more` : '';
  }
}
