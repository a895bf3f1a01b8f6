import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Logger } from 'pino';
import { addressKey } from './address-key.ts';
import { type ConnectionLimits, type LimitedConnections, limitConnections } from './connections.ts';
import { createDroppedLog, type DroppedLog } from './dropped-log.ts';
import { connectionsWithin } from './open-files.ts';
import { isAmbiguous } from './request-head.ts';

/** How long a connection may take over its request, and how many there may be. */
export interface Patience extends ConnectionLimits {
  /** To send its head. */
  readonly headersMs: number;
  /** To send all of it. Bodies that are read have shorter deadlines (body.ts); this is what the longest of them may take. */
  readonly requestMs: number;
  /** To go on sending a body that nobody reads, because the request was refused. */
  readonly unreadMs: number;
  /** To take nothing of an answer that is on its way. */
  readonly takingMs: number;
  /** To say nothing between two requests: longer than proxies in front keep a connection. */
  readonly keepAliveMs: number;
  /** To neither send nor take anything, whatever it waits for: longer than the longest answer takes to begin. */
  readonly silentMs: number;
  /** How often headers, requests and slow takers are looked after. */
  readonly lookEveryMs: number;
  /** How often the log says how many connections were closed to make room. */
  readonly reportEveryMs: number;
}

export interface ListenerOptions {
  readonly patience?: Partial<Patience>;
  /** Whether an address is that of a proxy in front. */
  readonly isProxy?: (address: string) => boolean;
  readonly logger?: Logger;
}

/** docs/operate.md explains these numbers. */
const PATIENCE: Patience = {
  headersMs: 15_000,
  requestMs: 45 * 60_000,
  unreadMs: 20_000,
  takingMs: 60_000,
  keepAliveMs: 65_000,
  silentMs: 11 * 60_000,
  lookEveryMs: 5_000,
  reportEveryMs: 30_000,
  connectionsMax: 4_000,
  connectionsPerAddressMax: 2_000,
};

const HEADERS_MAX_BYTES = 16 * 1024;
const HEADERS_MAX = 100;
const LITTLE_BYTES = 16 * 1024;

/** The server that listens in the clear, and the one beside it that speaks TLS once it has a certificate. */
export interface Listeners {
  readonly plain: Server;
  readonly secure: TlsServer;
}

/** Makes the server that listens. It is patient enough for a bad line, and closes connections that are held to shut others out. */
export function createListener(listener: RequestListener, options: ListenerOptions = {}): Server {
  const guards = guardsOf(options);
  return guardedPlain(listener, guards);
}

/** Makes both servers. Their connections count together: what the process may have open is one number. */
export function createListeners(listener: RequestListener, options: ListenerOptions = {}): Listeners {
  const guards = guardsOf(options);
  const secure = createTlsServer({
    ...parsing(guards.patience),
    handshakeTimeout: guards.patience.headersMs,
    minVersion: 'TLSv1.2',
  });
  guard(secure, listener, guards);
  return { plain: guardedPlain(listener, guards), secure };
}

interface Guards {
  readonly patience: Patience;
  readonly dropped: DroppedLog;
  readonly connections: LimitedConnections;
}

function guardsOf({ patience: given, isProxy = () => false, logger }: ListenerOptions): Guards {
  const patience = { ...PATIENCE, ...fitting(), ...given };
  const dropped = createDroppedLog(logger, patience.reportEveryMs);
  const connections = limitConnections({
    ...patience,
    isProxy,
    onDropped: (reason, key) => dropped.count(reason, key),
  });
  return { patience, dropped, connections };
}

function parsing({ headersMs, requestMs, keepAliveMs, lookEveryMs }: Patience) {
  return {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: lookEveryMs,
    maxHeaderSize: HEADERS_MAX_BYTES,
    insecureHTTPParser: false,
    requireHostHeader: true,
  };
}

function guardedPlain(listener: RequestListener, guards: Guards): Server {
  const server = createServer(parsing(guards.patience));
  server.once('close', () => guards.dropped.flush());
  guard(server, listener, guards);
  hurrySlowTakers(server, guards.connections, guards.patience);
  return server;
}

function guard(
  server: Server | TlsServer,
  listener: RequestListener,
  { patience, dropped, connections }: Guards,
): void {
  server.maxHeadersCount = HEADERS_MAX;
  server.setTimeout(patience.silentMs);
  connections.watch(server);
  server.on('request', (request, response) => {
    closeIfUnread(request, response, patience.unreadMs, (key) => dropped.count('unread', key));
    if (isAmbiguous(request)) response.writeHead(400, { Connection: 'close' }).end();
    else listener(request, response);
  });
}

/** Limits the connections to the files that the process may have open, and one address to half of them. */
function fitting(): ConnectionLimits {
  const connectionsMax = connectionsWithin(PATIENCE.connectionsMax);
  return { connectionsMax, connectionsPerAddressMax: Math.floor(connectionsMax / 2) };
}

/** A connection on which an answer waits to be taken has a shorter time limit, as long as it waits. */
function hurrySlowTakers(
  server: Server,
  connections: LimitedConnections,
  { takingMs, silentMs, lookEveryMs }: Patience,
): void {
  const hurried = new WeakSet<object>();
  const look = setInterval(() => {
    for (const { socket, underWay } of connections) {
      const isWaiting = socket.writableLength > 0;
      if (isWaiting === hurried.has(socket)) continue;
      if (isWaiting) {
        hurried.add(socket);
        socket.setTimeout(takingMs);
      } else {
        hurried.delete(socket);
        // Between two requests Node's own limit counts.
        if (underWay.size > 0) socket.setTimeout(silentMs);
      }
    }
  }, lookEveryMs).unref();
  server.once('close', () => clearInterval(look));
}

/**
 * After a refusal Node reads and drops the rest of the body, so that the caller can read the refusal and use the
 * connection again. A caller with a token may go on sending for a while, because the token may have run out. From
 * anybody else only a little more is read.
 */
function closeIfUnread(
  request: IncomingMessage,
  response: ServerResponse,
  unreadMs: number,
  onClosed: (key: string) => void,
): void {
  const { socket, headers } = request;
  const close = (): void => {
    if (request.complete || socket.destroyed) return;
    onClosed(addressKey(socket.remoteAddress));
    socket.destroy();
  };
  response.once('close', () => {
    if (request.complete || socket.destroyed) return;
    if (headers.authorization === undefined) {
      // The parser is still at the bytes that came with the head.
      if (isLong(headers)) close();
      else setImmediate(close);
      return;
    }
    const timer = setTimeout(close, unreadMs).unref();
    const stop = (): void => {
      clearTimeout(timer);
      request.off('end', stop);
      socket.off('close', stop);
    };
    request.on('end', stop);
    socket.on('close', stop);
  });
}

function isLong({
  'content-length': length = '0',
  'transfer-encoding': coding,
}: IncomingHttpHeaders): boolean {
  return coding !== undefined || Number(length) > LITTLE_BYTES;
}
