// This tab's place among the streams that a browser can have at once.
import { isMultiplexed, takePlace } from './tabs.js';

export class Place {
  #release = () => {};
  #onWait;

  /** @param onWait is told whether the tab waits for a place */
  constructor(onWait) {
    this.#onWait = onWait;
  }

  /** Completes when there is one. */
  async take() {
    if (!isMultiplexed()) {
      this.release();
      this.#release = await takePlace(() => this.#onWait(true));
      this.#onWait(false);
    }
  }

  /** Gives it back, if there is one. */
  release() {
    this.#release();
    this.#release = () => {};
  }
}
