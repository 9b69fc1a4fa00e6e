// A participant with its own Lamport clock.
import { createClient } from "@connectrpc/connect";
import { ChatService, PUBLISHED } from "./contract.js";

let names = 0;

/** A name that no other participant of this run has. */
export function newName() {
  return `node-${process.pid}-${++names}`;
}

export class Participant {
  #clock = 0n;
  #sequence = 0n;

  /** Use {@link join}. */
  constructor(transport, name) {
    this.chat = createClient(ChatService, transport);
    this.name = name;
  }

  static async join(transport, name = newName()) {
    const participant = new Participant(transport, name);
    const joined = await participant.chat.join({ participantName: name, lamportTime: participant.tick() });
    participant.heard(joined.lamportTime);
    participant.joined = joined.lamportTime;
    participant.epoch = joined.epoch;
    participant.sessionToken = joined.sessionToken;
    participant.resumeWindow = joined.resumeWindow;
    return participant;
  }

  /** The time of an event of its own, such as a request. */
  tick() {
    return ++this.#clock;
  }

  heard(time) {
    this.#clock = (this.#clock > time ? this.#clock : time) + 1n;
  }

  /** A request with what most of them have. */
  request(more = {}) {
    return { sessionToken: this.sessionToken, lamportTime: this.tick(), ...more };
  }

  /** Returns the Lamport time of the published event. */
  async publish(text) {
    const said = await this.chat.publish(this.request({ text, sequence: ++this.#sequence }));
    this.heard(said.lamportTime);
    return said.lamportTime;
  }

  /** The responses of a Broadcast. */
  broadcast(request = {}, options = {}) {
    return this.chat.broadcast(this.request({ epoch: this.epoch, ...request }), options);
  }

  async leave() {
    const left = await this.chat.leave(this.request());
    this.heard(left.lamportTime);
    return left.lamportTime;
  }
}

/** Keeps the events that it is given, and fails if one is missing, comes twice or is out of order. */
export class Chain {
  events = [];

  constructor(after = undefined) {
    this.last = after;
  }

  add(responses) {
    for (const event of responses.events) {
      if (this.last !== undefined && event.previousLamportTime !== this.last) {
        throw new Error(`after the event at ${this.last} came that at ${event.lamportTime}, whose predecessor is at ${event.previousLamportTime}`);
      }
      this.last = event.lamportTime;
      this.events.push(event);
    }
  }

  /** The texts of one participant's messages. */
  textsOf(name) {
    return this.events.filter((event) => event.participant === name && event.type === PUBLISHED).map((event) => event.text);
  }
}
