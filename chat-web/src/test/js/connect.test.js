import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectTransport } from '../../main/resources/META-INF/resources/chat/connect.js';

const encoder = new TextEncoder();

function frame(json, flags = 0) {
  const body = encoder.encode(JSON.stringify(json));
  const bytes = new Uint8Array(5 + body.length);
  new DataView(bytes.buffer).setUint32(1, body.length);
  bytes[0] = flags;
  bytes.set(body, 5);
  return bytes;
}

/** A server that answers with these bytes, in pieces of a size. */
function serving(bytes, size, type = 'application/connect+json') {
  const chunks = [];
  for (let at = 0; at < bytes.length; at += size) {
    chunks.push(bytes.slice(at, at + size));
  }
  return new ConnectTransport({
    fetch: async () => new Response(new ReadableStream({
      pull: (controller) => (chunks.length > 0 ? controller.enqueue(chunks.shift()) : controller.close()),
    }), { headers: { 'content-type': type } }),
  });
}

const concat = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

async function read(transport) {
  const messages = [];
  for await (const message of transport.stream('Broadcast', {})) {
    messages.push(message);
  }
  return messages;
}

test('a stream is cut into its messages, whatever the pieces that it comes in', async () => {
  const whole = concat(frame({ a: 1 }), frame({ text: 'ä€😀'.repeat(50) }), frame({}, 2));
  for (const size of [1, 3, 5, 64, 10_000]) {
    assert.deepEqual(await read(serving(whole, size)), [{ a: 1 }, { text: 'ä€😀'.repeat(50) }]);
  }
});

test('a stream that ends without its last envelope was lost', async () => {
  for (const bytes of [frame({ a: 1 }), concat(frame({ a: 1 }), [0, 0, 0, 0, 9, 1])]) {
    await assert.rejects(read(serving(bytes, 7)), { code: 'unavailable', reason: undefined, isPassingForStream: true });
  }
});

test('an error at the end of a stream has its reason, its metadata and its wait', async () => {
  const error = {
    code: 'resource_exhausted', message: 'slow down',
    details: [
      { type: 'google.rpc.ErrorInfo', value: Buffer.from(errorInfo('RATE_LIMITED', 'chittychat', { oldest: '42' })).toString('base64').replace(/=+$/, '') },
      { type: 'google.rpc.RetryInfo', value: Buffer.from([10, 5, 8, 1, 16, 128, 1]).toString('base64') },
    ],
  };
  await assert.rejects(read(serving(frame({ error }, 2), 9)), (failure) => {
    assert.equal(failure.reason, 'RATE_LIMITED');
    assert.equal(failure.outcome, 'RESOURCE_EXHAUSTED');
    assert.deepEqual(failure.metadata, { oldest: '42' });
    assert.equal(failure.retryAfter, 1000 + 128 / 1e6);
    assert.ok(failure.isPassing);
    return true;
  });
});

test('the error of a unary call is read, and so is a proxy that knows nothing of Connect', async () => {
  const answering = (status, body) => new ConnectTransport({ fetch: async () => new Response(body, { status }) });
  await assert.rejects(answering(409, JSON.stringify({ code: 'already_exists', message: 'taken' })).unary('Join', {}),
    { code: 'already_exists', message: 'taken' });
  await assert.rejects(answering(502, '<html>Bad gateway</html>').unary('Join', {}), { code: 'unavailable', isPassing: true });
  await assert.rejects(answering(404, '').unary('Join', {}), { code: 'unimplemented', isPassing: false });
  await assert.rejects(answering(200, 'not json').unary('Join', {}));
});

test('a server that is not there is told from one that says no', async () => {
  const transport = new ConnectTransport({
    fetch: async () => {
      throw new TypeError('Failed to fetch');
    },
  });
  await assert.rejects(transport.unary('Join', {}), { code: 'unavailable', isNetwork: true });
  assert.equal(await transport.isReachable(), false);
});

function errorInfo(reason, domain, metadata) {
  const field = (number, bytes) => [number * 8 + 2, bytes.length, ...bytes];
  const text = (number, value) => field(number, [...encoder.encode(value)]);
  return [...text(1, reason), ...text(2, domain),
    ...Object.entries(metadata).flatMap(([key, value]) => field(3, [...text(1, key), ...text(2, value)]))];
}
