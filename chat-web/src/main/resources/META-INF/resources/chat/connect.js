// The Connect protocol by fetch: JSON on unary calls and on server streams (https://connectrpc.com/docs/protocol).
import { Failure } from './failure.js';

const SERVICE = 'chittychat.v1.ChatService';
const END = 0x02; // flag of the last envelope
const HEAD = 5; // bytes before the JSON: flags, length
const MAX_MESSAGE = 16 * 1024 * 1024; // far more than the service sends in one
const CODES = {
  400: 'internal', 401: 'unauthenticated', 403: 'permission_denied', 404: 'unimplemented',
  429: 'unavailable', 502: 'unavailable', 503: 'unavailable', 504: 'unavailable',
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Calls the service. Fails with Failure only. */
export class ConnectTransport {
  #base;
  #fetch;

  /** @param base where the service is, without a slash at the end; empty for where the page is from */
  constructor({ base = '', fetch = (...request) => globalThis.fetch(...request) } = {}) {
    this.#base = base;
    this.#fetch = fetch;
  }

  /** @param timeout in ms */
  async unary(method, request, { timeout = 5000, headers = {} } = {}) {
    const signal = AbortSignal.timeout(timeout);
    const more = { 'content-type': 'application/json', 'connect-timeout-ms': String(timeout), ...headers };
    const response = await this.#post(method, JSON.stringify(request), more, signal);
    const text = await response.text().catch((e) => {
      throw broken(e);
    });
    const json = parsed(text);
    if (response.ok && json !== undefined) {
      return json;
    }
    throw response.ok || json?.code === undefined ? ofStatus(response, text) : Failure.of(json);
  }

  /** The messages of a server stream, one after the other. Returns when the stream ends with OK. */
  async *stream(method, request, { signal, headers = {} } = {}) {
    const json = encoder.encode(JSON.stringify(request));
    const more = { 'content-type': 'application/connect+json', ...headers };
    const response = await this.#post(method, envelope(json), more, signal);
    if (!response.ok || !response.headers.get('content-type')?.startsWith('application/connect+json')) {
      const text = await response.text().catch(() => '');
      const error = parsed(text);
      throw error?.code === undefined ? ofStatus(response, text) : Failure.of(error);
    }
    for await (const { flags, body } of envelopes(response.body)) {
      const message = parsed(decoder.decode(body));
      if (message === undefined || (flags & ~END) !== 0) {
        throw new Failure('internal', 'the service sent what is not Connect');
      }
      if (flags & END) {
        if (message.error) {
          throw Failure.of(message.error);
        }
        return;
      }
      yield message;
    }
    throw Failure.ofNetwork('the connection was lost');
  }

  /** Whether the server can be reached. This is no call of the service, so it is no step in Lamport time either. */
  async isReachable(timeout = 3000) {
    try {
      await this.#fetch(`${this.#base}/favicon.svg`, {
        method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(timeout),
      });
      return true;
    } catch {
      return false;
    }
  }

  async #post(method, body, headers, signal) {
    try {
      return await this.#fetch(`${this.#base}/${SERVICE}/${method}`, {
        method: 'POST',
        body,
        headers: { 'connect-protocol-version': '1', ...headers },
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        signal,
      });
    } catch (e) {
      throw broken(e);
    }
  }
}

function envelope(json) {
  const bytes = new Uint8Array(HEAD + json.length);
  new DataView(bytes.buffer).setUint32(1, json.length);
  bytes.set(json, HEAD);
  return bytes;
}

/** Cuts a stream of bytes into envelopes. */
export async function* envelopes(stream) {
  const reader = stream.getReader();
  let rest = new Uint8Array();
  try {
    while (true) {
      while (rest.length >= HEAD) {
        const length = new DataView(rest.buffer, rest.byteOffset).getUint32(1);
        if (length > MAX_MESSAGE) {
          throw new Failure('internal', 'the service sent too large a message');
        }
        if (rest.length < HEAD + length) {
          break;
        }
        yield { flags: rest[0], body: rest.subarray(HEAD, HEAD + length) };
        rest = rest.subarray(HEAD + length);
      }
      const { done, value } = await reader.read().catch((e) => {
        throw broken(e);
      });
      if (done) {
        return;
      }
      rest = joined(rest, value);
    }
  } finally {
    reader.cancel().catch(() => {}); // ends the call if the caller has had enough
  }
}

function joined(one, other) {
  if (one.length === 0) {
    return other;
  }
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

function parsed(text) {
  try {
    const json = JSON.parse(text);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}

function ofStatus(response, text) {
  const said = text.length < 200 && !text.includes('<') ? text.trim() : '';
  return new Failure(CODES[response.status] ?? 'unknown', said || `HTTP status ${response.status}`);
}

function broken(e) {
  if (e instanceof Failure) {
    return e;
  }
  if (e?.name === 'TimeoutError') {
    return new Failure('deadline_exceeded', 'no answer in time');
  }
  return e?.name === 'AbortError'
    ? new Failure('canceled', 'ended by this page')
    : Failure.ofNetwork('the server cannot be reached');
}
