// The clients: each published transport, with each encoding and version of HTTP that it has.
import * as node from "@connectrpc/connect-node";
import * as web from "@connectrpc/connect-web";
import { Agent } from "node:http";

const plain = process.env.CHITTY_HTTP;
const encrypted = process.env.CHITTY_HTTPS;

/** As many connections as a browser opens to one server. */
const LANES = 6;

const protocols = [
  { protocol: "Connect", create: "createConnectTransport" },
  { protocol: "gRPC-Web", create: "createGrpcWebTransport" },
];
const encodings = [
  { encoding: "JSON", useBinaryFormat: false },
  { encoding: "binary", useBinaryFormat: true },
];

/** As in a browser: by fetch. */
function byFetch(t, create, options) {
  return web[create](options);
}

function byHttp1(t, create, options) {
  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  t.after(() => agent.destroy());
  return node[create]({ httpVersion: "1.1", nodeOptions: { agent }, ...options });
}

/** All calls of a transport share one connection. */
function byHttp2(t, create, options) {
  const sessionManager = new node.Http2SessionManager(options.baseUrl);
  t.after(() => sessionManager.abort());
  return node[create]({ httpVersion: "2", sessionManager, ...options });
}

const kinds = [
  { kind: "connect-web", baseUrl: plain, open: byFetch },
  { kind: "connect-node over HTTP/1.1", baseUrl: plain, open: byHttp1 },
  { kind: "connect-node over HTTP/2", baseUrl: encrypted, open: byHttp2 },
];

/**
 * Each with its `name`, the `baseUrl` of the service that it calls, and `transport(t, options)`, where `t` is the test at
 * whose end the connections are closed.
 */
export const clients = kinds.flatMap(({ kind, baseUrl, open }) =>
  protocols.flatMap(({ protocol, create }) =>
    encodings.map(({ encoding, useBinaryFormat }) => ({
      name: `${kind}, ${protocol}, ${encoding}`,
      kind,
      protocol,
      encoding,
      baseUrl,
      transport: (t, options) => open(t, create, { baseUrl, useBinaryFormat, ...options }),
    })),
  ),
);

/** Makes calls, as many at once as there are connections. Returns what became of them. */
export async function callOften(times, call) {
  const results = [];
  let next = 0;
  const lane = async () => {
    while (next < times) {
      const number = next++;
      [results[number]] = await Promise.allSettled([call(number)]);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}
