import { createServer, type RequestListener, type Server } from 'node:http';

/** How long a connection may take over its request, and how many there may be. */
export interface Patience {
  /** To say what it wants: whoever dribbles headers is let go. */
  readonly headersMs: number;
  /** To send all of it: ten megabytes over a village's line. */
  readonly requestMs: number;
  /** To say nothing between two requests: longer than proxies in front keep a connection. */
  readonly keepAliveMs: number;
  /** To neither send nor take anything, whatever it waits for: longer than the longest answer takes to begin. */
  readonly silentMs: number;
  /** How often the first two are looked after. */
  readonly lookEveryMs: number;
  readonly connectionsMax: number;
}

const PATIENCE: Patience = {
  headersMs: 15_000,
  requestMs: 120_000,
  keepAliveMs: 65_000,
  silentMs: 11 * 60_000,
  lookEveryMs: 5_000,
  connectionsMax: 4_000,
};

const HEADERS_MAX_BYTES = 16 * 1024;
const HEADERS_MAX = 100;

/** The server's ear: patient enough for a bad line, not with whoever holds connections open to shut others out. */
export function createListener(listener: RequestListener, patience: Partial<Patience> = {}): Server {
  const { headersMs, requestMs, keepAliveMs, silentMs, lookEveryMs, connectionsMax } = {
    ...PATIENCE,
    ...patience,
  };
  const server = createServer(
    {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: lookEveryMs,
      maxHeaderSize: HEADERS_MAX_BYTES,
      insecureHTTPParser: false,
      requireHostHeader: true,
    },
    listener,
  );
  server.maxHeadersCount = HEADERS_MAX;
  server.maxConnections = connectionsMax;
  server.setTimeout(silentMs);
  return server;
}
