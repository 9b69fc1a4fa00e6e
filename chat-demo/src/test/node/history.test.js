// Megabytes of history, which ConnectClientsIT has published, and clients that do not read.
import { Code, ConnectError } from "@connectrpc/connect";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { clients } from "./clients.js";
import { ErrorInfo, RetryInfo } from "./contract.js";
import { Chain, Participant } from "./participant.js";

const SIZE = 4_000_000; // bytes of texts
const PAGE = 1000;
const READERS = 4; // of each client: what all of them do not read would fill the service's memory many times
const RESUMED = 1000; // events

/** Adds events until there are enough bytes of texts. Returns whether there are. */
function fill(chain, response) {
  const before = chain.events.length;
  chain.add(response);
  chain.bytes = chain.events.slice(before).reduce((sum, event) => sum + Buffer.byteLength(event.text), chain.bytes ?? 0);
  return chain.bytes >= SIZE;
}

for (const { name, transport } of clients) {
  test(`${name}: reads 4 MB of history`, async (t) => {
    const alice = await Participant.join(transport(t));
    const listed = new Chain(0n);
    let enough = false;
    while (!enough) {
      const page = await alice.chat.listEvents(alice.request({ afterLamportTime: listed.last, pageSize: PAGE }));
      assert.equal(page.events.length, PAGE);
      enough = fill(listed, page);
    }
    const sent = new Chain(listed.events[0].lamportTime);
    for await (const response of alice.broadcast({ afterLamportTime: sent.last })) {
      if (fill(sent, response)) {
        break;
      }
    }
    const common = Math.min(listed.events.length - 1, sent.events.length);
    assert.deepEqual(sent.events.slice(0, common), listed.events.slice(1, common + 1));
    await alice.leave();
  });
}

/** How many readers a service has ended because they did not read. */
async function slowReaders(baseUrl) {
  const meters = await (await fetch(`${baseUrl}/actuator/prometheus`)).text();
  return Number(meters.match(/^chitty_readers_slow_total (\S+)$/m)[1]);
}

/** Opens Broadcasts of old events, and reads the first ones only. */
function openReaders(t, transport) {
  const cancel = new AbortController();
  t.after(() => cancel.abort());
  return Promise.all(
    Array.from({ length: READERS }, async () => {
      const participant = await Participant.join(transport(t));
      const stream = participant.broadcast({ afterLamportTime: 1n }, { signal: cancel.signal })[Symbol.asyncIterator]();
      const heard = new Chain(1n);
      heard.add((await stream.next()).value);
      return { participant, stream, heard };
    }),
  );
}

describe("each client", { concurrency: true }, () => {
  for (const { name, baseUrl, transport } of clients) {
    test(`${name}: who does not read is ended, and can resume`, { timeout: 300_000 }, async (t) => {
      const [{ participant, stream, heard }] = await openReaders(t, transport);
      const all = READERS * clients.filter((client) => client.baseUrl === baseUrl).length;
      while ((await slowReaders(baseUrl)) < all) {
        await setTimeout(100); // until the next look
      }

      const error = await readOn(stream, heard);
      assert.equal(Code[error.code], "ResourceExhausted", error.message);
      assert.equal(error.findDetails(ErrorInfo)[0].reason, "SLOW_READER");
      assert.ok(error.findDetails(RetryInfo)[0].retryDelay);
      const enough = heard.events.length + RESUMED;
      for await (const response of participant.broadcast({ afterLamportTime: heard.last })) {
        heard.add(response);
        if (heard.events.length >= enough) {
          break;
        }
      }
    });
  }
});

/** Reads a stream to its end, which is an error. */
async function readOn(stream, heard) {
  try {
    for (let next = await stream.next(); !next.done; next = await stream.next()) {
      heard.add(next.value);
    }
  } catch (error) {
    return ConnectError.from(error);
  }
  assert.fail("the stream ended with OK");
}
