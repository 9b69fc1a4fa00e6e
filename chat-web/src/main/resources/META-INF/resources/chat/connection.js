// Waits for a connection. The reader alone looks for a lost one: its stream is there again when the connection is.

const PAUSE = 1000; // ms between two looks, without a reader

export class Connection {
  #context;
  #waiting = [];

  /** @param context transport, sleep */
  constructor(context) {
    this.#context = context;
  }

  /** The stream is there, or nobody waits any more. */
  isBack() {
    this.#waiting.splice(0).forEach((resolve) => resolve());
  }

  /**
   * Completes when the stream is there.
   *
   * @param reader of the stream
   * @param failure of a call, if one failed
   */
  async awaitStream(reader, failure) {
    if (failure?.code === 'deadline_exceeded') {
      reader?.restart(); // its connection may be as dead
    } else if (!reader?.isLost) {
      return;
    }
    await new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Completes when the server can be reached, or nobody waits any more. */
  async awaitServer(isOver) {
    while (!isOver() && !(await this.#context.transport.isReachable())) {
      await this.#context.sleep(PAUSE);
    }
  }
}
