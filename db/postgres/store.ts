import pg from 'pg';
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

/** Less than a caller waits (server/http): who cannot have the lock is told that nothing was written. */
const LOCK_WAIT_MS = 20_000;
/** A process that hangs, or whose machine is gone, must not keep its locks. */
const IDLE_IN_TRANSACTION_MS = 60_000;
/** No statement that somebody waits for takes so long: a connection this silent leads nowhere any more. */
const QUERY_TIMEOUT_MS = 60_000;

/**
 * A reader passes the door that whoever restores has shut (db/copy/set-schema-aside.ts) before it has its snapshot: one taken before the
 * wait would show it the tables that stand there afterwards, empty.
 */
const READ = 'isolation level repeatable read read only; lock table schema_migrations in access share mode';

export interface PostgresOptions {
  readonly url: string;
  readonly connectionsMax?: number;
  /** How long to wait for somebody else's lock. */
  readonly lockWaitMs?: number;
  /** After how long a statement without an answer is given up, and its connection; whatever the address says of it. */
  readonly queryTimeoutMs?: number;
  /** Spreads retries; a function so that tests can repeat a run. */
  readonly random?: () => number;
  readonly observer?: StoreObserver | undefined;
}

/**
 * PostgreSQL behind the Store; several processes may share one database. A database that goes away is reached
 * again by the next call: what it broke off is told as busy, or as unknown where the commit had been sent.
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
          // Met every time: not a race but a rule of the table broken by us.
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
        // The first question goes out with it.
        const begun = begin(connection, READ);
        const handle = new PostgresTx(connection);
        try {
          const [value] = await Promise.all([work(handle), begun]);
          handle.end();
          await connection.query('commit');
          return value;
        } catch (error) {
          handle.end();
          // Where it did not begin, what the questions met is only what followed from that.
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
    // What is asked together goes out together.
    pipeline: true,
    query_timeout: queryTimeoutMs ?? QUERY_TIMEOUT_MS,
    lock_timeout: lockWaitMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    application_name: 'jishan',
  });
  // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  return pool;
}

/** To pg the address goes before everything else it is told. */
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
  const handle = new PostgresTx(connection, new Map(), held);
  let value: T;
  try {
    await begin(connection, 'isolation level read committed', ofVillage);
    value = await (held.length > 0 ? onlyDatabase(connection, () => work(handle)) : work(handle));
    handle.end();
  } catch (error) {
    handle.end();
    await undo(connection, error);
    throw error;
  }
  const startedMs = observer ? performance.now() : 0;
  await commit(connection);
  observer?.committed(1, performance.now() - startedMs);
  return value;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
