// What a tab remembers while its page is loaded again: the session, its log, and the steps for the time view. In sessionStorage, which no
// other tab has; a tab that was made as a copy of this one finds that out by the tab's lock.

const CORE = 'chitty-session';
const RECORD = 'chitty-record';
const LONGEST = 60 * 60 * 1000; // ms: who comes back later has to join

/** The session of one tab. */
export class TabStorage {
  #storage;

  constructor(storage = sessionStorage) {
    this.#storage = storage;
  }

  /** What was saved, unless it is too old. */
  read(now = Date.now()) {
    const core = this.#get(CORE);
    if (core === undefined || now - core.saved > LONGEST) {
      this.clear();
      return undefined;
    }
    const record = this.#get(RECORD);
    const isWhole = record?.clock === core.clock && record?.epoch === core.epoch;
    return { ...core, log: isWhole ? record.log : [], steps: isWhole ? record.steps : [] };
  }

  /** Saves what exactly-once depends on. Small, so that it can be done often. */
  saveCore({ log, ...core }, tab) {
    this.#set(CORE, { ...core, tab, saved: Date.now() });
  }

  /** Saves the record of everything, as much of it as there is room for. */
  saveRecord({ log, clock, epoch }, steps) {
    this.#set(RECORD, { clock, epoch, log, steps }) || this.#set(RECORD, { clock, epoch, log, steps: [] });
  }

  clear() {
    this.#storage.removeItem(CORE);
    this.#storage.removeItem(RECORD);
  }

  #get(key) {
    try {
      return JSON.parse(this.#storage.getItem(key)) ?? undefined;
    } catch {
      return undefined;
    }
  }

  #set(key, value) {
    try {
      this.#storage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      this.#storage.removeItem(key); // no room
      return false;
    }
  }
}
