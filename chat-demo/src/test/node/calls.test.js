// Deadlines, cancelled calls, calls that HTTP does not carry, and many calls on one connection.
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { compressionGzip } from "@connectrpc/connect-node";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { callOften, clients } from "./clients.js";
import { ChatService, LEFT } from "./contract.js";
import { Chain, Participant } from "./participant.js";

const MILLIS = 1500; // in which even a busy machine sends something

/** Reads a stream to its end, which is an error. */
async function errorOf(stream, chain = new Chain()) {
  try {
    for await (const response of stream) {
      chain.add(response);
    }
  } catch (error) {
    return ConnectError.from(error);
  }
  assert.fail("the stream ended with OK");
}

describe("each client", { concurrency: true }, () => {
  for (const { name, kind, protocol, transport } of clients) {
    test(`${name}: a deadline ends a stream, by the client or by the service`, async (t) => {
      const alice = await Participant.join(transport(t));
      const heard = new Chain();
      const byClient = await errorOf(alice.broadcast({}, { timeoutMs: MILLIS }), heard);
      assert.equal(Code[byClient.code], "DeadlineExceeded");
      assert.equal(heard.events[0].lamportTime, alice.joined);

      // Without the client's own timer.
      const timeout = (millis) =>
        protocol === "Connect" ? { "Connect-Timeout-Ms": `${millis}` } : { "Grpc-Timeout": `${millis}m` };
      const byService = await errorOf(alice.broadcast({}, { headers: timeout(MILLIS) }));
      assert.equal(Code[byService.code], "DeadlineExceeded");
      await assert.rejects(
        alice.chat.publish(alice.request({ text: "too late" }), { headers: timeout(0) }),
        (error) => error.code === Code.DeadlineExceeded,
      );
      await alice.leave();
    });

    test(`${name}: a cancelled Broadcast ends in the service, too, so that the session expires`, async (t) => {
      const alice = await Participant.join(transport(t));
      const bob = await Participant.join(transport(t));
      const cancel = new AbortController();
      const cancelled = errorOf(alice.broadcast({}, { signal: cancel.signal }));
      for await (const response of bob.broadcast()) {
        if (response.caughtUp) {
          cancel.abort();
        }
        const left = response.events.find((event) => event.participant === alice.name && event.type === LEFT);
        if (left) {
          assert.equal(left.participantLamportTime, 0n); // nobody asked for it
          break;
        }
      }
      assert.equal(Code[(await cancelled).code], "Canceled");
      await bob.leave();
    });

    test(`${name}: a stream of requests is refused`, async (t) => {
      const chat = createClient(ChatService, transport(t));
      const requests = (async function* () {
        yield { text: "one" };
      })();
      const error = await errorOf(chat.publishStream(requests));
      if (kind === "connect-web") {
        assert.match(error.message, /does not support streaming request bodies/); // it does not even try
      } else {
        assert.equal(Code[error.code], "Unimplemented", error.message);
      }
    });

    test(`${name}: many calls on few connections`, async (t) => {
      const alice = await Participant.join(transport(t));
      const calls = await callOften(100, (number) => alice.publish(`call ${number}`));
      assert.deepEqual(calls.filter(({ status }) => status === "rejected"), []);
      assert.equal(new Set(calls.map(({ value }) => value)).size, calls.length);
      await alice.leave();
    });

    if (kind !== "connect-web") {
      test(`${name}: a compressed request is refused`, async (t) => {
        const chat = createClient(ChatService, transport(t, { sendCompression: compressionGzip, compressMinBytes: 0 }));
        const error = await chat.join({ participantName: "zipped" }).then(() => assert.fail("not refused"), ConnectError.from);
        assert.equal(Code[error.code], "Unimplemented", error.message);
      });
    }
  }
});

