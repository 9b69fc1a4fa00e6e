// A conversation by each client: all unary methods, and a Broadcast.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { clients } from "./clients.js";
import { JOINED, LEFT, PUBLISHED } from "./contract.js";
import { Chain, newName, Participant } from "./participant.js";

const TEXTS = ["Is anybody here?", "Grüße, 你好, 👩‍👩‍👧, \u0000\u001b[2J\u202e", "😀".repeat(128)];

describe("each client", { concurrency: true }, () => {
  for (const { name, transport } of clients) {
    test(`${name}: two talk`, async (t) => {
      const shared = transport(t);
      const alice = await Participant.join(shared);
      const heard = new Chain();
      let caughtUp = 0;
      const listening = (async () => {
        for await (const response of alice.broadcast()) {
          heard.add(response);
          caughtUp += response.caughtUp ? 1 : 0;
          response.events.forEach((event) => alice.heard(event.lamportTime));
        }
      })();
      const bob = await Participant.join(shared);
      assert.equal(bob.epoch, alice.epoch);
      assert.ok(bob.resumeWindow.seconds > 0n);
      assert.ok(bob.joined > alice.joined);
      const times = [];
      for (const text of TEXTS) {
        times.push(await bob.publish(text));
      }
      const left = await bob.leave();
      await alice.leave();
      await listening; // the leaver's Broadcast ends with OK

      assert.equal(caughtUp, 1);
      assert.equal(heard.events[0].lamportTime, alice.joined);
      const ofBob = heard.events.filter((event) => event.participant === bob.name);
      assert.deepEqual(
        ofBob.map((event) => [event.type, event.lamportTime]),
        [[JOINED, bob.joined], ...times.map((time) => [PUBLISHED, time]), [LEFT, left]],
      );
      assert.equal(ofBob[0].text, `Participant ${bob.name} joined Chitty-Chat at Lamport time ${bob.joined}`);
      assert.deepEqual(heard.textsOf(bob.name), TEXTS);
      assert.ok(ofBob.every((event) => event.participantLamportTime < event.lamportTime && event.recordedAt.seconds > 0n));
    });

    test(`${name}: a repeated Join and a repeated Publish change nothing`, async (t) => {
      const alice = await Participant.join(transport(t));
      const request = { participantName: newName(), lamportTime: 1n, requestId: "a random id" };
      const joined = await alice.chat.join(request);
      assert.equal((await alice.chat.join(request)).sessionToken, joined.sessionToken);
      await alice.chat.leave({ sessionToken: joined.sessionToken });

      const sequence = 2n ** 64n - 1n;
      const first = await alice.chat.publish(alice.request({ text: "once", sequence }));
      const again = await alice.chat.publish(alice.request({ text: "once", sequence }));
      assert.deepEqual([again.lamportTime, again.sequence], [first.lamportTime, sequence]);
      assert.equal(again.error, undefined);
      await alice.leave();
    });

    test(`${name}: lists participants and events, and searches`, async (t) => {
      const alice = await Participant.join(transport(t));
      const bob = await Participant.join(transport(t));
      const word = `w${alice.joined}x${process.pid}`;
      const times = [];
      for (const number of [1, 2, 3]) {
        times.push(await bob.publish(`${word} number ${number}`));
      }
      const present = await pages((pageToken) =>
        alice.chat.listParticipants(alice.request({ pageSize: 7, pageToken })), "participants");
      assert.deepEqual(
        present.filter(({ name }) => [alice.name, bob.name].includes(name)).map((one) => [one.name, one.joinedLamportTime]),
        [[alice.name, alice.joined], [bob.name, bob.joined]],
      );

      const page = await alice.chat.listEvents(alice.request({ afterLamportTime: times[0] - 1n, pageSize: 1 }));
      assert.deepEqual(page.events.map((event) => event.lamportTime), [times[0]]);
      assert.ok(page.lamportTime >= times[2]);

      const found = await pages((pageToken) =>
        alice.chat.searchEvents(alice.request({ query: word, pageSize: 2, pageToken })), "events");
      assert.deepEqual(found.map((event) => event.lamportTime), [...times].reverse());
      await bob.leave();
      await alice.leave();
    });
  }
});

/** The elements of all pages. */
async function pages(page, field) {
  const all = [];
  let token = "";
  do {
    const one = await page(token);
    all.push(...one[field]);
    token = one.nextPageToken;
  } while (token !== "");
  return all;
}
