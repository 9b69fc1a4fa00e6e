// Typed errors, with their details decoded.
import { Code, ConnectError } from "@connectrpc/connect";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { callOften, clients } from "./clients.js";
import { BadRequest, ErrorInfo, RetryInfo } from "./contract.js";
import { Participant } from "./participant.js";

describe("each client", { concurrency: true }, () => {
  for (const { name, encoding, transport } of clients) {
    test(`${name}: errors have their details`, async (t) => {
      const alice = await Participant.join(transport(t));
      const refused = async (call, code, reason) => {
        const error = await call.then(() => assert.fail(`not refused: ${reason}`), ConnectError.from);
        const [info] = error.findDetails(ErrorInfo);
        assert.deepEqual([Code[error.code], info?.reason, info?.domain], [Code[code], reason, "chittychat"]);
        assert.ok(error.rawMessage.length > 0);
        return error;
      };

      const long = await refused(alice.publish("ä".repeat(129)), Code.InvalidArgument, "TEXT_TOO_LONG");
      const [violation] = long.findDetails(BadRequest)[0].fieldViolations;
      assert.equal(violation.field, "text");
      assert.ok(violation.description.length > 0);

      const { chat } = alice;
      await refused(chat.join({ participantName: alice.name }), Code.AlreadyExists, "NAME_TAKEN");
      await refused(chat.join({ participantName: "server" }), Code.InvalidArgument, "NAME_INVALID");
      await refused(chat.leave({ sessionToken: "no such session" }), Code.Unauthenticated, "SESSION_UNKNOWN");
      const gap = await refused(
        chat.publish(alice.request({ text: "late", sequence: 9n, previousSequence: 8n })), Code.Aborted, "SEQUENCE_GAP");
      assert.equal(gap.findDetails(ErrorInfo)[0].metadata.newest, "0");
      await alice.leave();
    });

    test(`${name}: who reads too often is told when to read again`, async (t) => {
      const alice = await Participant.join(transport(t));
      const reads = await callOften(100, () => alice.chat.listEvents(alice.request({ pageSize: 1 })));
      const refused = reads.filter(({ status }) => status === "rejected").map(({ reason }) => ConnectError.from(reason));
      assert.ok(refused.length > 0 && refused.length < reads.length, `${refused.length} refused`);
      for (const error of refused) {
        assert.equal(error.code, Code.ResourceExhausted, error.message);
        assert.equal(error.findDetails(ErrorInfo)[0].reason, "RATE_LIMITED");
        const { seconds, nanos } = error.findDetails(RetryInfo)[0].retryDelay;
        assert.ok(Number(seconds) * 1e9 + nanos > 0);
      }
      await alice.leave();
    });

    if (encoding === "JSON") { // the binary encoding has no such text
      test(`${name}: half of a surrogate pair is refused`, async (t) => {
        const alice = await Participant.join(transport(t));
        const error = await alice.publish("\ud83d").then(() => assert.fail("not refused"), ConnectError.from);
        assert.equal(Code[error.code], "InvalidArgument", error.message);
        await alice.leave();
      });
    }
  }
});
