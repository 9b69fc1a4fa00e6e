// What was said and has no place in the conversation: messages that wait for one, and those that did not get one.
import { tame } from '../chat/text.js';
import { notPublished } from '../chat/words.js';
import { element, find } from './dom.js';
import { waitingOf } from './rows.js';

const MOST_SHOWN = 50; // messages that wait

export class Outbox {
  #waiting = find('#waiting');
  #boxes = find('#failed');
  #failed = new Map(); // the question whether to say a message again, and the same as a notice
  #publish;

  /** @param publish says a text again */
  constructor(publish) {
    this.#publish = publish;
  }

  /** These messages wait. */
  showWaiting(pending, self) {
    this.#waiting.replaceChildren(...pending.slice(-MOST_SHOWN).map((message) => waitingOf(message, self)));
  }

  /** A message was not published, or perhaps. */
  showFailed(message, failure) {
    const again = element('button', { type: 'button' }, 'Say it again');
    const drop = element('button', { type: 'button' }, 'Forget it');
    const why = notPublished(failure);
    const box = element('div', { class: 'problem' },
      element('p', {}, `${why} `, element('q', { dir: 'auto' }, tame(message.text))), again, drop);
    const close = () => {
      box.remove();
      this.#failed.delete(box);
      find('#text').focus();
    };
    again.addEventListener('click', () => {
      close();
      this.#publish(message.text);
    });
    drop.addEventListener('click', close);
    this.#boxes.append(box);
    this.#failed.set(box, `${why} “${tame(message.text)}”`);
  }

  /** The session is over. Gives what nobody can say again in it, as notices. */
  close(pending) {
    const unsent = pending.filter((message) => message.place === 0)
      .map(({ text, mayHaveBeenDone }) => `${mayHaveBeenDone ? 'Not known whether it was sent' : 'Not sent'}: ${tame(text)}`);
    const notices = [...this.#failed.values(), ...unsent];
    this.#failed.clear();
    this.#boxes.replaceChildren();
    this.#waiting.replaceChildren();
    return notices;
  }
}
