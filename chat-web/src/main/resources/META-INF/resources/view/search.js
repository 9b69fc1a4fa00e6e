// Search: messages that have all words, the newest first. One that is chosen is shown in its place.
import { tame } from '../chat/text.js';
import { sentence } from '../chat/words.js';
import { element, find, show } from './dom.js';
import { lamportOf, nameOf, timeOf } from './rows.js';

const MOST = 500; // results

export class Search {
  #query = find('#query');
  #status = find('#found-status');
  #found = find('#found');
  #more = find('#find-more');
  #ask;
  #choose;
  #page = '';
  #words = '';

  /**
   * @param ask gives a page of results: (query, pageToken) => Promise<{ events, nextPageToken }>
   * @param choose shows an event in its place; returns a promise of whether it could
   */
  constructor({ ask, choose }) {
    this.#ask = ask;
    this.#choose = choose;
    find('#query-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#begin();
    });
    this.#more.addEventListener('click', () => this.#next());
  }

  opened() {
    this.#query.select();
    this.#query.focus();
  }

  clear() {
    this.#found.replaceChildren();
    this.#status.textContent = '';
    show(false, this.#more);
  }

  #begin() {
    this.#words = this.#query.value.trim();
    this.#page = '';
    this.clear();
    if (this.#words !== '') {
      this.#next();
    }
  }

  async #next() {
    const words = this.#words;
    this.#status.textContent = 'Searching …';
    try {
      const { events, nextPageToken } = await this.#ask(words, this.#page);
      if (words !== this.#words) {
        return; // something else is searched for by now
      }
      this.#page = nextPageToken;
      this.#found.append(...events.map((event) => this.#result(event)));
      const count = this.#found.childElementCount;
      this.#status.textContent = count === 0 ? 'Nothing found.' : `${count} found${nextPageToken ? '; there may be more' : ''}.`;
      show(nextPageToken !== '' && count < MOST, this.#more);
    } catch (failure) {
      this.#status.textContent = sentence(failure);
    }
  }

  #result(event) {
    const button = element('button', { type: 'button' },
      element('span', { class: 'where' }, nameOf(event.participant), ' ', lamportOf(event.lamportTime), ' ', timeOf(event, true)),
      element('span', { class: 'text', dir: 'auto' }, tame(event.text)));
    button.addEventListener('click', () => this.#show(event));
    return element('li', {}, button);
  }

  async #show(event) {
    try {
      if (!(await this.#choose(event.lamportTime))) {
        this.#status.textContent = 'That is too far back to be shown in its place.';
      }
    } catch (failure) {
      this.#status.textContent = sentence(failure);
    }
  }
}
