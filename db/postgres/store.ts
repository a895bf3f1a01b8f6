import pg from 'pg';
import { firstFailure } from '../first-failure.ts';
import type { Store, StoreObserver, Tx } from '../store.ts';
import { StoreBusy } from '../store.ts';
import { begin, commit, type Connection, undo, withConnection } from './connection.ts';
import { keptAlive } from './connection-options.ts';
import { onlyDatabase } from './await-guard.ts';
import { SharedCommits } from './shared-commits.ts';
import { isUniqueViolation, mayTryAgain } from './map-errors.ts';
import { PostgresTx } from './tx-handle.ts';

const ATTEMPTS_MAX = 12;
const BACKOFF_BASE_MS = 2;

/**
 * A caller waits longer than this (server/http), so it learns that nothing was written when the lock is not to be
 * had.
 */
const LOCK_WAIT_MS = 20_000;
/** A process that hangs, or whose machine is gone, must not keep its locks. */
const IDLE_IN_TRANSACTION_MS = 60_000;
/** A statement this slow means that the connection is dead. */
const QUERY_TIMEOUT_MS = 60_000;

/**
 * A reader takes this lock before it has its snapshot, because a restore holds it (db/copy/set-schema-aside.ts). A
 * snapshot from before the wait would show it the tables that stand there afterwards, empty.
 */
const READ = 'isolation level repeatable read read only; lock table schema_migrations in access share mode';

export interface PostgresOptions {
  readonly url: string;
  readonly connectionsMax?: number;
  /** The longest wait for somebody else's lock. */
  readonly lockWaitMs?: number;
  /**
   * The longest wait for an answer: then the statement is given up, and its connection. It overrides the address.
   */
  readonly queryTimeoutMs?: number;
  /** Spreads retries. It is a function so that tests can repeat a run. */
  readonly random?: () => number;
  readonly observer?: StoreObserver | undefined;
}

/**
 * Opens PostgreSQL behind the Store; several processes may share one database. The next call reaches a database
 * again that went away. Calls that were broken off fail as busy, or as unknown if the commit had been sent.
 */
export function openPostgresStore(options: PostgresOptions): Store {
  const { observer, random = Math.random, lockWaitMs = LOCK_WAIT_MS } = options;
  const pool = openPool(options, lockWaitMs);
  let closed = false;

  async function connect(): Promise<pg.PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      throw new StoreBusy('no connection to the database', { cause: error });
    }
  }
  function requireOpen(): void {
    if (closed) throw new StoreBusy('the store is closed');
  }

  async function alone<T>(work: (tx: Tx) => Promise<T>, ofVillage?: string): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await withConnection(connect, (connection) =>
          attemptOnce(connection, work, ofVillage, observer),
        );
      } catch (error) {
        if (!mayTryAgain(error)) throw error;
        if (attempt >= ATTEMPTS_MAX) {
          // An error that comes every time is no race: we have broken a rule of the table.
          if (isUniqueViolation(error)) throw error;
          throw new StoreBusy('the database stayed contended', { cause: error });
        }
      }
      await pause(BACKOFF_BASE_MS * 2 ** Math.min(attempt, 6) * random());
    }
  }

  const sharedCommits = new SharedCommits({
    withConnection: (work) => withConnection(connect, work),
    alone,
    waitMsMax: lockWaitMs,
    observer,
  });
  observer?.opened(() => pool.waitingCount + sharedCommits.waiting);

  return {
    engine: 'postgres',
    async read(work) {
      requireOpen();
      return withConnection(connect, async (connection) => {
        // The first question goes out together with it.
        const begun = begin(connection, READ);
        const handle = new PostgresTx(connection);
        try {
          const [value] = await Promise.all([work(handle), begun]);
          handle.end();
          await connection.query('commit');
          return value;
        } catch (error) {
          handle.end();
          // If it did not begin, errors of the questions only follow from that.
          const why = await begun.then(
            () => error,
            (notBegun: unknown) => notBegun,
          );
          await undo(connection, why);
          throw why;
        }
      });
    },
    async transaction(work, ofVillage) {
      requireOpen();
      return ofVillage === undefined ? alone(work) : sharedCommits.add(work, ofVillage);
    },
    async close() {
      if (closed) return;
      closed = true;
      await sharedCommits.finished();
      await pool.end();
    },
  };
}

function openPool({ url, connectionsMax, queryTimeoutMs }: PostgresOptions, lockWaitMs: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: queryTimeoutMs === undefined ? url : withoutQueryTimeout(url),
    max: connectionsMax ?? 10,
    ...keptAlive(url),
    // Questions that are asked together go out together.
    pipeline: true,
    query_timeout: queryTimeoutMs ?? QUERY_TIMEOUT_MS,
    lock_timeout: lockWaitMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    application_name: 'jishan',
  });
  // The pool replaces a connection that dies while idle; without a listener it would end the process.
  pool.on('error', () => undefined);
  // A connection may be ended in the same breath in which it is ready, before `withConnection` listens. It is thrown away then.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** pg prefers the address to all other options. */
function withoutQueryTimeout(url: string): string {
  if (!URL.canParse(url)) return url;
  const address = new URL(url);
  if (!address.searchParams.has('query_timeout')) return url;
  address.searchParams.delete('query_timeout');
  return address.href;
}

async function attemptOnce<T>(
  connection: Connection,
  work: (tx: Tx) => Promise<T>,
  ofVillage: string | undefined,
  observer: StoreObserver | undefined,
): Promise<T> {
  const held = ofVillage === undefined ? [] : [ofVillage];
  const handle = new PostgresTx(connection, held);
  const begun = begin(connection, 'isolation level read committed', ofVillage);
  begun.catch(() => undefined);
  let value: T;
  try {
    value = await (held.length > 0 ? onlyDatabase(connection, () => work(handle)) : work(handle));
    await begun;
    handle.end();
    await requireSent(handle.writes);
  } catch (error) {
    handle.end();
    // The first failure is the cause of those after it.
    const first = (await firstFailure([begun, ...handle.writes])) ?? { error };
    await undo(connection, first.error);
    throw first.error;
  }
  const startedMs = observer ? performance.now() : 0;
  await commit(connection, handle.writes);
  observer?.committed(1, performance.now() - startedMs);
  return value;
}

/** A mistake of ours, such as a value that cannot be written, shows before the next turn: the commit is not sent then. */
async function requireSent(writes: readonly Promise<unknown>[]): Promise<void> {
  if (writes.length === 0) return;
  const nextTurn = new Promise((resolve) => setImmediate(resolve));
  await Promise.race([Promise.all(writes), nextTurn]);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
