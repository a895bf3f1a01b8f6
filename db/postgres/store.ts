import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Db, Kit } from '#engine';
import { PreparedCache, type Values } from '../prepared.ts';
import type { Reader, Store, StoreObserver, Tx } from '../store.ts';
import { OutcomeUnknown, StoreBusy, StoreMisuse, StoreTroubled } from '../store.ts';
import { defineTables } from '../tables/index.ts';
import { keptAlive } from './kept-alive.ts';
import { kit } from './kit.ts';

const ATTEMPTS_MAX = 12;
const BACKOFF_BASE_MS = 2;

/** Less than a caller waits (server/http): who cannot have the lock is told that nothing was written. */
const LOCK_WAIT_MS = 20_000;
/** A process that hangs, or whose machine is gone, must not keep its locks. */
const IDLE_IN_TRANSACTION_MS = 60_000;
/** No statement of ours takes so long: a connection this silent leads nowhere any more. */
const QUERY_TIMEOUT_MS = 60_000;

const LOCK_NOT_AVAILABLE = '55P03';
const DISK_FULL = '53100';
/** A standby, or a database set to be read only. */
const READ_ONLY = '25006';

/**
 * SQLSTATEs after which the same work may succeed: serialization failure, deadlock,
 * and a unique violation, which is how two first uses of one key meet (the second run finds the first's row).
 */
const TRY_AGAIN = new Set(['40001', '40P01', '23505']);

export interface PostgresOptions {
  readonly url: string;
  readonly connectionsMax?: number;
  /** How long to wait for somebody else's lock. */
  readonly lockWaitMs?: number;
  /** Spreads retries; a function so that tests can repeat a run. */
  readonly random?: () => number;
  readonly observer?: StoreObserver | undefined;
}

/**
 * PostgreSQL behind the Store; several processes may share one database. A database that goes away is reached
 * again by the next call: what it broke off is told as busy, or as unknown where the commit had been sent.
 */
export function openPostgresStore(options: PostgresOptions): Store {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connectionsMax ?? 10,
    ...keptAlive(options.url),
    query_timeout: QUERY_TIMEOUT_MS,
    lock_timeout: options.lockWaitMs ?? LOCK_WAIT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    application_name: 'jishan',
  });
  // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const random = options.random ?? Math.random;
  const { observer } = options;
  observer?.opened(() => pool.waitingCount);
  let closed = false;

  async function connect(): Promise<Client> {
    if (closed) throw new StoreBusy('the store is closed');
    try {
      return await pool.connect();
    } catch (error) {
      throw new StoreBusy('no connection to the database', { cause: error });
    }
  }

  return {
    engine: 'postgres',
    async read(work) {
      const client = await connect();
      return withClient(client, async () => {
        await begin(client, 'begin isolation level repeatable read read only');
        const turn = new Turn(client);
        try {
          const value = await work(turn.reader());
          turn.end();
          await client.query('commit');
          return value;
        } catch (error) {
          turn.end();
          await undo(client, error);
          throw asBusyWhenBroken(error);
        }
      });
    },
    async transaction(work) {
      for (let attempt = 1; ; attempt++) {
        const client = await connect();
        try {
          return await withClient(client, () => attemptOnce(client, work, observer));
        } catch (error) {
          if (!TRY_AGAIN.has(stateOf(error) ?? '')) throw asBusyWhenBroken(error);
          if (attempt >= ATTEMPTS_MAX) {
            // Met every time: not a race but a rule of the table broken by us.
            if (stateOf(error) === '23505') throw error;
            throw new StoreBusy('the database stayed contended', { cause: error });
          }
        }
        await pause(BACKOFF_BASE_MS * 2 ** Math.min(attempt, 6) * random());
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      await pool.end();
    },
  };
}

type Client = pg.PoolClient;

interface Prepared {
  readonly db: Db;
  readonly cache: PreparedCache;
}

const tables = defineTables(kit as unknown as Kit);
const preparedByClient = new WeakMap<Client, Prepared>();

function preparedOf(client: Client): Prepared {
  let prepared = preparedByClient.get(client);
  if (!prepared) {
    const db = drizzle({ client, casing: 'snake_case' }) as unknown as Db;
    prepared = { db, cache: new PreparedCache({ db, t: tables }, compile) };
    preparedByClient.set(client, prepared);
  }
  return prepared;
}

function compile(prepared: unknown): (values: Values) => unknown {
  const query = prepared as { execute(values: Values): unknown };
  return (values) => query.execute(values);
}

/** Gives the client back; one whose connection broke is thrown away. */
async function withClient<T>(client: Client, work: () => Promise<T>): Promise<T> {
  let broken = false;
  const onError = () => {
    broken = true;
  };
  client.on('error', onError);
  try {
    return await work();
  } catch (error) {
    if (isBroken(error)) broken = true;
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

async function attemptOnce<T>(
  client: Client,
  work: (tx: Tx) => Promise<T>,
  observer: StoreObserver | undefined,
): Promise<T> {
  await begin(client, 'begin isolation level read committed');
  const turn = new Turn(client);
  let value: T;
  try {
    value = await work(turn.tx());
    turn.end();
  } catch (error) {
    turn.end();
    await undo(client, error);
    throw error;
  }
  let ending: string;
  const startedMs = observer ? performance.now() : 0;
  try {
    ending = (await client.query('commit')).command;
  } catch (error) {
    if (isBroken(error)) throw new OutcomeUnknown('the connection was lost at commit', { cause: error });
    throw error;
  }
  // After a failed statement PostgreSQL answers a commit with a rollback, and calls that no error.
  if (ending !== 'COMMIT') throw new StoreMisuse('a database error was caught outside a savepoint');
  observer?.committed(1, performance.now() - startedMs);
  return value;
}

async function begin(client: Client, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    throw new StoreBusy('the database did not begin a transaction', { cause: error });
  }
}

async function undo(client: Client, why: unknown): Promise<void> {
  // A broken connection is thrown away, and the transaction with it: nobody waits for its answer.
  if (isBroken(why)) return;
  try {
    await client.query('rollback');
  } catch {
    // The connection is gone, and the transaction with it.
  }
}

/** drizzle wraps the driver's error; the SQLSTATE is on the innermost. */
function stateOf(error: unknown): string | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const { code } = inner as Error & { code?: unknown };
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}

/** Connection exceptions (08…), shutdown (57P…), idle too long (25P03), out of resources (53…), or a socket error without a SQLSTATE. */
function isBroken(error: unknown): boolean {
  if (error instanceof StoreBusy || error instanceof OutcomeUnknown) return true;
  const state = stateOf(error);
  if (state) return /^(08|57P|25P03|53)/.test(state);
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const { code } = inner as Error & { code?: unknown };
    if (typeof code === 'string' && /^E(CONN|PIPE|TIMEDOUT|HOST|NET)/.test(code)) return true;
    if (/^Connection (?:terminated|ended)|connection error|^Query read timeout/.test(inner.message))
      return true;
  }
  return false;
}

function asBusyWhenBroken(error: unknown): unknown {
  if (error instanceof StoreBusy || error instanceof OutcomeUnknown) return error;
  if (stateOf(error) === LOCK_NOT_AVAILABLE)
    return new StoreBusy('a lock was not to be had', { cause: error });
  if (stateOf(error) === DISK_FULL) return new StoreTroubled('full', { cause: error });
  if (stateOf(error) === READ_ONLY) return new StoreTroubled('readonly', { cause: error });
  if (!isBroken(error)) return error;
  return new StoreBusy('the connection to the database was lost', { cause: error });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Hands out a client for one turn; afterwards every use of the handle throws. */
class Turn {
  private client: Client | null;
  private readonly shared = new Map<string, unknown>();
  private depth = 0;

  constructor(client: Client) {
    this.client = client;
  }

  end(): void {
    this.client = null;
  }

  private live(): Client {
    if (!this.client) throw new StoreMisuse('a database handle was used after its turn');
    return this.client;
  }

  reader(): Reader {
    const live = () => preparedOf(this.live());
    return {
      engine: 'postgres',
      get db() {
        return live().db;
      },
      t: tables,
      prepared: async <R>(...query: Parameters<PreparedCache['run']>) =>
        (await live().cache.run(...query)) as R,
    };
  }

  tx(): Tx {
    const savepoint = async <T>(work: () => Promise<T>): Promise<T> => {
      const client = this.live();
      const name = `inner_${String(++this.depth)}`;
      await client.query(`savepoint ${name}`);
      try {
        const value = await work();
        await this.live().query(`release ${name}`);
        return value;
      } catch (error) {
        this.shared.clear();
        if (this.client) await client.query(`rollback to ${name}; release ${name}`);
        throw error;
      } finally {
        this.depth -= 1;
      }
    };
    const lockBook = async (villageId: string) => {
      await this.live().query({
        name: 'lock-book',
        text: 'select number from ledger_heads where village_id = $1 for update',
        values: [villageId],
      });
    };
    const live = () => preparedOf(this.live());
    const shared = () => this.shared;
    return {
      ...this.reader(),
      savepoint,
      lockBook,
      get db() {
        return live().db;
      },
      get shared() {
        live();
        return shared();
      },
      async write(...query) {
        const { rowCount } = (await live().cache.run(...query)) as pg.QueryResult;
        return rowCount ?? 0;
      },
    };
  }
}
