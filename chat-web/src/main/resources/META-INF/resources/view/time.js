// The time view: made when it is first opened, from the record of all that has happened.
import { element, find } from './dom.js';

const MOST_STEPS = 20_000;

export class TimePanel {
  #section = find('#time');
  #steps = [];
  #view; // a promise
  #shown; // the view, once it has all steps so far
  #self;

  constructor(self) {
    this.#self = self;
  }

  /** What happened, in order. Bounded: the oldest steps are dropped. */
  get steps() {
    return this.#steps;
  }

  restore(steps) {
    this.#steps = steps;
  }

  add(step) {
    this.#steps.push(step);
    if (this.#steps.length > MOST_STEPS) {
      this.#steps.splice(0, MOST_STEPS / 10);
    }
    this.#shown?.add(step);
  }

  async opened() {
    this.#view ??= this.#make();
    const view = await this.#view;
    view?.setSelf?.(this.#self());
    view?.refresh?.(); // it draws nothing while it is hidden
  }

  async #make() {
    try {
      const [{ createTimeView }] = await Promise.all([import('../space-time/view.js'), style('space-time/view.css')]);
      this.#section.replaceChildren();
      const view = createTimeView(this.#section, { self: this.#self(), service: 'Chitty-Chat' });
      this.#steps.forEach((step) => view.add(step));
      this.#shown = view;
      return view;
    } catch (e) {
      this.#section.textContent = 'The time view cannot be shown.';
      console.error(e);
      return undefined;
    }
  }
}

function style(href) {
  return new Promise((resolve, reject) => {
    const link = element('link', { rel: 'stylesheet', href });
    link.addEventListener('load', resolve);
    link.addEventListener('error', () => reject(new Error(`${href} is missing`)));
    document.head.append(link);
  });
}
