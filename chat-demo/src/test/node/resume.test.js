// A Broadcast whose connection is cut, and which resumes: nothing is missing, nothing comes twice, and the order holds.
import { Code, ConnectError } from "@connectrpc/connect";
import assert from "node:assert/strict";
import { createServer, connect } from "node:net";
import { describe, test } from "node:test";
import { clients } from "./clients.js";
import { ErrorInfo } from "./contract.js";
import { Chain, Participant } from "./participant.js";

const MESSAGES = 120;
const CUTS = 3;

/** Passes connections on to the service, and cuts them when it is told to. */
class Line {
  #sockets = new Set();
  #server;

  static async to(baseUrl) {
    const line = new Line();
    const { hostname, port } = new URL(baseUrl);
    line.#server = createServer((inner) => line.#join(inner, connect(Number(port), hostname)));
    await new Promise((open) => line.#server.listen(0, hostname, open));
    const url = new URL(baseUrl);
    url.port = line.#server.address().port;
    line.baseUrl = url.origin;
    return line;
  }

  #join(inner, outer) {
    for (const [from, to] of [[inner, outer], [outer, inner]]) {
      this.#sockets.add(from);
      from.pipe(to);
      from.on("error", () => {}); // it closes, too
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }

  cut() {
    this.#sockets.forEach((socket) => socket.resetAndDestroy());
  }

  close() {
    this.cut();
    this.#server.close();
  }
}

describe("each client", { concurrency: true }, () => {
  for (const { name, baseUrl, transport } of clients) {
    test(`${name}: resumes after a cut`, async (t) => {
      const line = await Line.to(baseUrl);
      t.after(() => line.close());
      const alice = await Participant.join(transport(t, { baseUrl: line.baseUrl }));
      const bob = await Participant.join(transport(t));
      const texts = Array.from({ length: MESSAGES }, (_, number) => `message ${number}`);
      const talking = (async () => {
        for (const text of texts) {
          await bob.publish(text);
        }
      })();

      const heard = new Chain();
      let ends = 0;
      const toHear = (part) => heard.textsOf(bob.name).length >= (MESSAGES * part) / (CUTS + 1);
      while (!toHear(CUTS + 1)) {
        const began = heard.events.length;
        try {
          for await (const response of alice.broadcast({ afterLamportTime: heard.last ?? 0n })) {
            heard.add(response);
            if (toHear(CUTS + 1)) {
              break;
            }
            if (ends < CUTS && toHear(ends + 1)) {
              line.cut();
            }
          }
        } catch (error) {
          assert.ok(error instanceof ConnectError, error);
          assert.ok(ends < CUTS, `the stream ended without a cut, after ${heard.events.length - began} events: ${error}`);
          ends++;
        }
      }
      await talking;
      assert.equal(ends, CUTS);
      assert.deepEqual(heard.textsOf(bob.name), texts);
      await bob.leave();
      await alice.leave();
    });

    test(`${name}: cannot resume in another log, or after its end`, async (t) => {
      const alice = await Participant.join(transport(t));
      const other = await refusal(alice.broadcast({ epoch: "00000000-0000-0000-0000-000000000000" }));
      assert.deepEqual([other.code, info(other).reason], [Code.FailedPrecondition, "EPOCH_CHANGED"]);
      assert.equal(info(other).metadata.epoch, alice.epoch);

      const ahead = await refusal(alice.broadcast({ afterLamportTime: 2n ** 50n }));
      assert.deepEqual([ahead.code, info(ahead).reason], [Code.OutOfRange, "RESUME_POINT_GONE"]);
      assert.ok(BigInt(info(ahead).metadata.newest) >= alice.joined);
      await alice.leave();
    });
  }
});

async function refusal(stream) {
  try {
    for await (const response of stream) {
      assert.fail(`there was a response: ${response}`);
    }
  } catch (error) {
    return ConnectError.from(error);
  }
  assert.fail("the stream ended with OK");
}

function info(error) {
  return error.findDetails(ErrorInfo)[0];
}
