// Keeps what is chosen in the address, so that it can be linked to: `#L42`.
import { fragmentOf, stepsOf } from './link.js';

export class Address {
  #isKept;
  #followed = false;

  /** @param isKept whether the address is this view's; otherwise nothing is read from it or written to it */
  constructor(isKept) {
    this.#isKept = isKept;
  }

  /** Names these steps. */
  keep(model, chosen) {
    if (!this.#isKept) return;
    if (chosen.length > 0) history.replaceState(history.state, '', fragmentOf(model, chosen));
    else if (/^#L\d/.test(location.hash)) history.replaceState(history.state, '', location.pathname + location.search);
  }

  /** The steps that the address named when the page was opened; none the second time. */
  begin(model) {
    if (!this.#isKept || this.#followed || model.steps.length === 0) return [];
    this.#followed = true;
    return stepsOf(model, location.hash);
  }

  /** @param follow is told that the address has another fragment, which gives steps of a model */
  listen(follow) {
    if (this.#isKept) addEventListener('hashchange', () => follow(model => stepsOf(model, location.hash)));
  }
}
