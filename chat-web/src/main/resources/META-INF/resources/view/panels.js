// The panels beside the conversation: one at a time, each with its button.
import { find, show } from './dom.js';

const NAMES = ['people', 'search', 'time'];

export class Panels {
  #opened;

  /** @param opened what to do when a panel is opened, by its name */
  constructor(opened) {
    this.#opened = opened;
    NAMES.forEach((name) => {
      this.#button(name).addEventListener('click', () => (this.#isOpen(name) ? this.close(name) : this.open(name)));
      find(`#${name}`).addEventListener('keydown', (event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) {
          this.close(name);
          this.#button(name).focus();
        }
      });
    });
  }

  open(name) {
    NAMES.forEach((one) => this.#set(one, one === name));
    this.#opened[name]?.();
  }

  close(name) {
    this.#set(name, false);
  }

  closeAll() {
    NAMES.forEach((name) => this.#set(name, false));
  }

  #set(name, open) {
    show(open, find(`#${name}`));
    this.#button(name).setAttribute('aria-expanded', String(open));
    const any = NAMES.find((one) => this.#isOpen(one));
    document.body.dataset.panel = any ?? '';
  }

  #isOpen(name) {
    return !find(`#${name}`).hidden;
  }

  #button(name) {
    return find(`#show-${name}`);
  }
}
