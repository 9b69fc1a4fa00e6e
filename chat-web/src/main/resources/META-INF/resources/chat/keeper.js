// Keeps a tab's session while its page is loaded again: what exactly-once depends on at every change, the record of all when the page goes.

export class Keeper {
  #storage;
  #session;
  #steps;
  #scheduled = false;

  /** The name of this tab; a copy of it has another one. */
  tab = crypto.getRandomValues(new Uint32Array(2)).join('-');

  /**
   * @param storage of the tab
   * @param session gives the session; undefined before the first
   * @param steps gives the record for the time view
   */
  constructor({ storage, session, steps }) {
    this.#storage = storage;
    this.#session = session;
    this.#steps = steps;
  }

  get #isKept() {
    const session = this.#session();
    return session !== undefined && !session.isOver && session.token !== '';
  }

  /** Something has changed; many changes are saved once. */
  saveSoon() {
    if (!this.#scheduled) {
      this.#scheduled = true;
      setTimeout(() => this.save(), 0);
    }
  }

  save() {
    this.#scheduled = false;
    if (this.#isKept) {
      this.#storage.saveCore(this.#session().snapshot(), this.tab);
    }
  }

  /** The page goes away; it may come back. */
  suspend() {
    if (this.#isKept) {
      this.#session().suspend();
      this.save();
      this.#storage.saveRecord(this.#session().snapshot(), this.#steps());
    }
  }

  forget() {
    this.#storage.clear();
  }
}
