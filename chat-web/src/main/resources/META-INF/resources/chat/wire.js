// The few rules of protobuf's wire format that the details of an error need. Details are small: the service makes them.

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
const decoder = new TextDecoder();

/**
 * The fields of a message by their numbers, each a list: numbers, or bytes. Malformed bytes give what was read before them.
 *
 * @param message bytes, or base64 with or without padding
 */
export function fields(message) {
  const bytes = typeof message === 'string' ? bytesOf(message) : message;
  const found = {};
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; at < bytes.length; shift *= 128) {
      const b = bytes[at++];
      value += (b & 0x7f) * shift;
      if (b < 0x80) {
        return value;
      }
    }
    return NaN;
  };
  while (at < bytes.length) {
    const tag = varint();
    const type = tag % 8;
    let value;
    if (type === VARINT) {
      value = varint();
    } else if (type === BYTES) {
      const end = varint() + at;
      if (!(end <= bytes.length)) {
        break;
      }
      value = bytes.subarray(at, end);
      at = end;
    } else if (type === FIXED64 || type === FIXED32) {
      at += type === FIXED64 ? 8 : 4;
      continue;
    } else {
      break;
    }
    (found[Math.floor(tag / 8)] ??= []).push(value);
  }
  return found;
}

/** The last value of each field as text. */
export function strings(message) {
  const found = message instanceof Uint8Array ? fields(message) : message;
  return Object.fromEntries(Object.entries(found).map(([number, values]) => {
    const last = values.at(-1);
    return [number, last instanceof Uint8Array ? decoder.decode(last) : String(last)];
  }));
}

function bytesOf(base64) {
  try {
    return Uint8Array.from(atob(base64.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
