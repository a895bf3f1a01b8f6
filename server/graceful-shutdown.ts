import type { Server, ServerResponse } from 'node:http';
import { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Store } from '../db/index.ts';
import { callerOf, type HttpApp } from './http/index.ts';
import { faultOf } from './redact-error.ts';

export interface Running {
  /** All that listen; one that never did is closed too. */
  readonly servers: readonly Server[];
  readonly http: Pick<HttpApp, 'beginStopping'>;
  readonly background: { stop(): Promise<void> };
  readonly store: Pick<Store, 'close'>;
  readonly logger: Logger;
  readonly exit: (code: number) => void;
  readonly limits?: Partial<StopLimits>;
}

export interface StopLimits {
  /** How long answers under way may take; then they are cut. Their callers ask again with the same key. */
  readonly answersMs: number;
  /** How long the database may take to close after that. */
  readonly closingMs: number;
  /**
   * A second signal within this time counts as the first: npm passes on the Ctrl-C that the terminal also sends to
   * us.
   */
  readonly sameWordMs: number;
}

const LIMITS: StopLimits = { answersMs: 10_000, closingMs: 10_000, sameWordMs: 1_000 };
const LOOK_MS = 50;
const ENDED_BY = { SIGTERM: 143, SIGINT: 130 } as const;
export type StopSignal = keyof typeof ENDED_BY;

/**
 * Returns the handler for signals. The first signal takes no more work, answers what is under way, commits what is
 * queued, closes the books, and exits with 0. A second one exits at once; answered work is on disk anyway.
 */
export function gracefulStop(running: Running): (signal: StopSignal) => void {
  const limits = { ...LIMITS, ...running.limits };
  const { logger, exit } = running;
  const connections = watch(running.servers);
  let toldAt: number | null = null;
  return (signal) => {
    const now = performance.now();
    if (toldAt === null) {
      toldAt = now;
      stop(running, connections, limits, signal).then(
        () => exit(0),
        (error: unknown) => {
          logger.error({ err: faultOf(error) }, 'stopping failed');
          exit(1);
        },
      );
    } else if (now - toldAt >= limits.sameWordMs) {
      logger.warn({ signal }, 'stopped at once');
      exit(ENDED_BY[signal]);
    }
  };
}

interface Connections {
  /** Closes the connections on which nothing was ever asked. */
  readonly closeSilent: () => void;
  readonly underWay: ReadonlySet<ServerResponse>;
}

function watch(servers: readonly Server[]): Connections {
  const silent = servers.map(silentOf);
  const underWay = new Set<ServerResponse>();
  for (const server of servers) {
    server.on('request', (_request, response) => {
      underWay.add(response);
      response.once('close', () => underWay.delete(response));
    });
  }
  return {
    closeSilent() {
      for (const sockets of silent) for (const socket of sockets()) socket.destroy();
    },
    underWay,
  };
}

/**
 * The connections of a server that never asked anything. In the clear they have not sent a byte; over TLS the
 * greeting of the two sides is no request.
 */
function silentOf(server: Server): () => Socket[] {
  const isSecure = server instanceof TlsServer;
  const sockets = new Map<string, Socket>();
  server.on('connection', (socket: Socket) => {
    const caller = callerOf(socket);
    sockets.set(caller, socket);
    socket.once('close', () => sockets.delete(caller));
  });
  server.on('request', ({ socket }) => sockets.delete(callerOf(socket)));
  return () => [...sockets.values()].filter(({ bytesRead }) => isSecure || bytesRead === 0);
}

async function stop(
  { servers, http, background, store, logger }: Running,
  { closeSilent, underWay }: Connections,
  { answersMs, closingMs }: StopLimits,
  signal: StopSignal,
): Promise<void> {
  logger.info({ signal, underWay: underWay.size }, 'stopping');
  // First, requests on open connections are refused, readiness included; then no new connection is accepted.
  http.beginStopping();
  // Requests that have arrived but were not read yet are read and refused, so that their callers try again. They are
  // not cut off.
  await nextTurn();
  const allGone = Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  for (const response of underWay) response.shouldKeepAlive = false;
  // Browsers open connections ahead of need. One that has never asked anything would keep the server waiting.
  closeSilent();
  // The connection of a file download stays open for keep-alive, and is idle once the file has arrived.
  const looking = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, LOOK_MS);
  const impatience = setTimeout(() => {
    logger.warn({ cut: underWay.size }, 'stopping: answers under way were cut');
    for (const server of servers) server.closeAllConnections();
  }, answersMs);
  await allGone;
  clearInterval(looking);
  clearTimeout(impatience);
  const closing = background.stop().then(() => store.close());
  await withinMs(closing, closingMs);
  logger.info('stopped');
}

/** Waits one round of the event loop: every connection with data has been read then. */
async function nextTurn(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function withinMs(work: Promise<void>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not close in time')), limitMs);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
