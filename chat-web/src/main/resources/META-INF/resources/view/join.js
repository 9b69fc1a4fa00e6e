// The form with the name, which is the first thing that a user sees, and the last when a session has ended.
import { sentence } from '../chat/words.js';
import { find, show } from './dom.js';

export class JoinForm {
  #form = find('#join');
  #name = find('#name');
  #token = find('#token');
  #problem = find('#problem');
  #credentials = find('#credentials');
  #ended = find('#ended');

  /** @param join joins with a name and a token, which may be empty; fails with Failure */
  constructor(join) {
    this.#form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const name = this.#name.value.trim();
      const token = this.#token.value.trim();
      if (name === '') {
        return;
      }
      if (token !== '' && !isPrivate(location)) {
        this.#say('The token was not sent, since the connection is not encrypted.');
        return;
      }
      this.#busy(true);
      this.#say('');
      try {
        await join(name, token);
      } catch (failure) {
        this.#refused(failure);
      } finally {
        this.#busy(false);
      }
    });
  }

  /**
   * @param why the end of the session before, if that was not wanted
   * @param name the name in it
   * @param wantsToken whether it ended for want of a token
   */
  show(shown, { why, name, wantsToken = false } = {}) {
    show(shown, this.#form);
    show(why !== undefined, this.#ended);
    show(why === undefined, find('#welcome'));
    this.#ended.textContent = why ?? '';
    if (name !== undefined) {
      this.#name.value = name;
    }
    if (shown) {
      this.#name.select();
      this.#askForToken(wantsToken);
    }
  }

  #refused(failure) {
    this.#say(sentence(failure));
    this.#askForToken(failure.wantsToken);
  }

  #askForToken(wanted) {
    this.#credentials.open ||= wanted;
    (wanted ? this.#token : this.#name).focus();
  }

  #say(text) {
    this.#problem.textContent = text;
  }

  #busy(busy) {
    this.#form.querySelector('button').disabled = busy;
    this.#form.setAttribute('aria-busy', String(busy));
  }
}

/** Whether what is sent stays on this machine, or is encrypted. */
export function isPrivate({ protocol, hostname }) {
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
    || hostname.endsWith('.localhost');
}
