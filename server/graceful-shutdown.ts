import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import type { Store } from '../db/index.ts';
import type { HttpApp } from './http/index.ts';
import { faultOf } from './redact-error.ts';

export interface Running {
  readonly server: Server;
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
  const connections = watch(running.server);
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
  readonly sockets: ReadonlySet<Socket>;
  readonly underWay: ReadonlySet<ServerResponse>;
}

function watch(server: Server): Connections {
  const sockets = new Set<Socket>();
  const underWay = new Set<ServerResponse>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', (_request, response) => {
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  return { sockets, underWay };
}

async function stop(
  { server, http, background, store, logger }: Running,
  { sockets, underWay }: Connections,
  { answersMs, closingMs }: StopLimits,
  signal: StopSignal,
): Promise<void> {
  logger.info({ signal, underWay: underWay.size }, 'stopping');
  // First, requests on open connections are refused, readiness included; then no new connection is accepted.
  http.beginStopping();
  // Requests that have arrived but were not read yet are read and refused, so that their callers try again. They are
  // not cut off.
  await nextTurn();
  const allGone = new Promise((resolve) => server.close(resolve));
  for (const response of underWay) response.shouldKeepAlive = false;
  // Browsers open connections ahead of need. One that has never sent a byte would keep the server waiting.
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  // The connection of a file download stays open for keep-alive, and is idle once the file has arrived.
  const looking = setInterval(() => server.closeIdleConnections(), LOOK_MS);
  const impatience = setTimeout(() => {
    logger.warn({ cut: underWay.size }, 'stopping: answers under way were cut');
    server.closeAllConnections();
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
