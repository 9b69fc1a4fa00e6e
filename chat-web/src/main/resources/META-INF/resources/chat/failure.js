// The failure of a call, read by the error contract (chat-api/src/main/proto/chittychat/v1/README.md).
import { fields, strings } from './wire.js';

const DOMAIN = 'chittychat';
const ERROR_INFO = 'google.rpc.ErrorInfo';
const RETRY_INFO = 'google.rpc.RetryInfo';

/** A repeated request would fail in the same way. A broken connection has other codes. */
const FINAL = new Set([
  'unimplemented', 'invalid_argument', 'unauthenticated', 'permission_denied', 'not_found', 'already_exists',
  'failed_precondition', 'out_of_range', 'resource_exhausted',
]);

/** Reasons that hold for every attempt at a request: none succeeded. A newer service may have others, of which this is not known. */
const SETTLING = new Set([
  'TEXT_NOT_UTF8', 'TEXT_TOO_LONG', 'TEXT_BLANK', 'NAME_INVALID', 'NAME_TAKEN', 'NAME_NOT_YOURS', 'PAGE_TOKEN_INVALID',
  'SESSION_UNKNOWN', 'CREDENTIALS_INVALID', 'RESUME_POINT_GONE', 'EPOCH_CHANGED', 'SUPERSEDED', 'LOG_DAMAGED',
]);

/** A failed call: Connect's code, the reason of the contract if it has one, and what the service asks for. */
export class Failure extends Error {
  mayHaveBeenDone = false; // whether the effect of an attempt at the call is unknown
  hadToken = false; // of a Join: whether it had a token to show

  /**
   * @param code Connect's: 'unavailable', …
   * @param reason of the contract, if there is one
   * @param metadata details of the reason, for example oldest
   * @param retryAfter the wait that the service asks for, in ms
   * @param reached whether the request may have reached the service
   */
  constructor(code, message, { reason, metadata = {}, retryAfter = 0, reached = true } = {}) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.metadata = metadata;
    this.retryAfter = retryAfter;
    this.reached = reached;
  }

  /** From the JSON of an error in the Connect protocol. */
  static of(error, fallback = 'unknown') {
    const details = Array.isArray(error?.details) ? error.details : [];
    const info = details.map(infoOf).find((one) => one?.domain === DOMAIN);
    return new Failure(String(error?.code ?? fallback), String(error?.message ?? ''), {
      reason: info?.reason,
      metadata: info?.metadata,
      retryAfter: Math.max(0, ...details.map(retryOf)),
    });
  }

  /** The connection broke, or there was none. */
  static ofNetwork(message, reached = true) {
    return new Failure('unavailable', message, { reached });
  }

  /** As the log has it: gRPC's name of the status. */
  get outcome() {
    return this.code === 'canceled' ? 'CANCELLED' : this.code.toUpperCase();
  }

  /** Whether the same request may succeed if it is repeated. */
  get isPassing() {
    return this.reason === undefined
      ? !FINAL.has(this.code)
      : this.code === 'unavailable' || this.code === 'resource_exhausted';
  }

  /** Whether a stream that ended like this may be resumed. */
  get isPassingForStream() {
    return this.isPassing || this.code === 'resource_exhausted';
  }

  /** Whether the failed attempt had no effect; otherwise its effect is unknown. */
  get isRefusal() {
    return this.reason === undefined
      ? FINAL.has(this.code) && this.code !== 'resource_exhausted'
      : this.code !== 'unavailable' && this.reason !== 'SEQUENCE_FORGOTTEN';
  }

  /** Whether another token may help. */
  get wantsToken() {
    return this.reason === 'CREDENTIALS_INVALID' && this.metadata.required !== 'certificate';
  }

  /** Whether it is known that no attempt at the call had an effect. */
  get provesNothingDone() {
    return !this.mayHaveBeenDone || SETTLING.has(this.reason);
  }

  /** Whether there is no connection, as opposed to a service that says no. */
  get isNetwork() {
    return this.reason === undefined && !FINAL.has(this.code);
  }
}

function infoOf({ type, value }) {
  if (type !== ERROR_INFO || typeof value !== 'string') {
    return undefined;
  }
  const info = fields(value);
  const metadata = (info[3] ?? []).map((entry) => strings(entry)).map((pair) => [pair[1] ?? '', pair[2] ?? '']);
  const text = strings(info);
  return { reason: text[1], domain: text[2], metadata: Object.fromEntries(metadata) };
}

function retryOf({ type, value }) {
  if (type !== RETRY_INFO || typeof value !== 'string') {
    return 0;
  }
  const delay = fields(fields(value)[1]?.[0] ?? new Uint8Array());
  return (delay[1]?.[0] ?? 0) * 1000 + (delay[2]?.[0] ?? 0) / 1e6;
}
