import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { Db, Kit } from '#engine';
import { firstFailure } from '../first-failure.ts';
import { PreparedCache } from '../prepared.ts';
import { OutcomeUnknown, type Preparable, StoreBusy, StoreMisuse } from '../store.ts';
import { defineTables } from '../tables/index.ts';
import { kit } from './kit.ts';
import { asBusyWhenBroken, isBroken } from './map-errors.ts';

// One object serves all connections: prepared queries are cached per connection, tables are not.
export const tables = defineTables(kit as unknown as Kit);

type PreparedQuery = ReturnType<Preparable<unknown>['prepare']>;

/** A connection that sends each question at once. Answers come in the same order. */
export interface Connection {
  readonly db: Db;
  readonly cache: PreparedCache<PreparedQuery>;
  query(...asked: Asked): Promise<pg.QueryResult>;
  /** The number of questions that were sent so far. */
  readonly asked: number;
  /** Waits for the next turn of the event loop. It counts as a question meanwhile. */
  pause(): Promise<void>;
  /** The number of questions without an answer. */
  readonly unanswered: number;
  /** Called whenever the last question has its answer. */
  onAllAnswered: (() => void) | null;
  /** Whether anything failed since it was set to false. */
  hasFailed: boolean;
}

type Asked = [config: string | pg.QueryConfig, values?: unknown[]];

/**
 * PostgreSQL keeps the plan it made for a small table, where one index is as good as another, until the table is
 * analyzed: a book that grew within that minute was read from end to end for each entry. So a connection lets go of its plans
 * after so many questions, then twice as many, and so on.
 */
const PLAN_AGAIN_FIRST_AT = 128;

/** Takes a connection from the pool for `work`, and throws it away if it broke. */
export async function withConnection<T>(
  connect: () => Promise<pg.PoolClient>,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const client = await connect();
  let broken = false;
  const onError = () => {
    broken = true;
  };
  client.on('error', onError);
  try {
    return await work(connectionOf(client));
  } catch (error) {
    if (isBroken(error)) broken = true;
    throw asBusyWhenBroken(error);
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}

/**
 * Begins a transaction, and with a village holds its book from the start: both go out together, and the work's first
 * questions may go out behind them. If the book is not to be had, PostgreSQL refuses those.
 */
export async function begin(connection: Connection, how: string, villageId?: string): Promise<void> {
  const begun = connection.query(`begin ${how}`);
  const held = villageId === undefined ? undefined : lockBook(connection, villageId);
  held?.catch(() => undefined);
  try {
    await begun;
  } catch (error) {
    throw new StoreBusy('the database did not begin a transaction', { cause: error });
  }
  await held;
}

export async function lockBook(connection: Connection, villageId: string): Promise<void> {
  await connection.query({
    name: 'lock-book',
    text: 'select number from ledger_heads where village_id = $1 for update',
    values: [villageId],
  });
}

/**
 * Commits; `before` goes out with it. The answers to `writes`, which were sent already, are waited for together with the
 * commit's: if one of them failed, PostgreSQL answers the commit with a rollback, and their error is thrown.
 */
export async function commit(
  connection: Connection,
  writes: readonly Promise<unknown>[] = [],
  before = '',
): Promise<void> {
  const ended = connection.query(`${before}commit`);
  ended.catch(() => undefined);
  const failed = await firstFailure(writes);
  let ending: string | undefined;
  try {
    const answers = (await ended) as pg.QueryResult | pg.QueryResult[];
    ending = (Array.isArray(answers) ? answers.at(-1) : answers)?.command;
  } catch (error) {
    if (failed && !isBroken(failed.error)) throw failed.error;
    if (isBroken(error)) throw new OutcomeUnknown('the connection was lost at commit', { cause: error });
    throw error;
  }
  if (failed && ending === 'COMMIT')
    throw new OutcomeUnknown('a write failed and the commit stands', { cause: failed.error });
  if (failed) throw failed.error;
  // After a failed statement PostgreSQL answers a commit with a rollback, and calls that no error.
  if (ending !== 'COMMIT') throw new StoreMisuse('a database error was caught outside a savepoint');
}

export async function undo(connection: Connection, why: unknown): Promise<void> {
  // A broken connection is thrown away, and the transaction with it: nobody waits for its answer.
  if (isBroken(why)) return;
  try {
    await connection.query('rollback');
  } catch {
    // The connection is gone, and the transaction with it.
  }
}

const connections = new WeakMap<pg.PoolClient, Connection>();

function connectionOf(client: pg.PoolClient): Connection {
  let connection = connections.get(client);
  if (!connection) {
    connection = new Counted(client);
    connections.set(client, connection);
  }
  return connection;
}

class Counted implements Connection {
  readonly db: Db;
  readonly cache: PreparedCache<PreparedQuery>;
  unanswered = 0;
  hasFailed = false;
  onAllAnswered: (() => void) | null = null;
  asked = 0;
  private readonly client: pg.PoolClient;
  private planAgainAt = PLAN_AGAIN_FIRST_AT;

  constructor(client: pg.PoolClient) {
    this.client = client;
    // drizzle takes this object for the client: it uses nothing else of one.
    this.db = drizzle({ client: this as unknown as pg.PoolClient, casing: 'snake_case' }) as unknown as Db;
    this.cache = new PreparedCache({ db: this.db, t: tables });
  }

  query(...asked: Asked): Promise<pg.QueryResult> {
    this.asked += 1;
    if (this.asked === this.planAgainAt) this.planAgain();
    this.unanswered += 1;
    const answer = this.client.query(...(asked as [pg.QueryConfig, unknown[]]));
    answer.then(this.answered, this.failed);
    return answer;
  }

  async pause(): Promise<void> {
    this.unanswered += 1;
    await new Promise((resolve) => setImmediate(resolve));
    this.answered();
  }

  private planAgain(): void {
    this.planAgainAt *= 2;
    // It fails in a transaction that has failed; a later one will be planned.
    this.client.query('discard plans').catch(() => undefined);
  }

  private readonly answered = () => {
    this.unanswered -= 1;
    if (this.unanswered === 0) this.onAllAnswered?.();
  };

  private readonly failed = () => {
    this.hasFailed = true;
    this.answered();
  };
}
