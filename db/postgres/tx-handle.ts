import type pg from 'pg';
import type { Db } from '#engine';
import type { PreparedCache } from '../prepared.ts';
import { StoreMisuse, type Tx } from '../store.ts';
import { type Connection, lockBook, tables } from './connection.ts';

type Query = Parameters<PreparedCache['run']>;

/** The handle work gets: a connection for one turn; afterwards every use of it throws. */
export class Turn implements Tx {
  readonly engine = 'postgres';
  readonly t = tables;
  private connection: Connection | null;
  private readonly notes: Map<string, unknown>;
  /** Villages whose book is held until the transaction ends, whatever of this work is undone. */
  private readonly held: Set<string>;
  private depth = 0;

  constructor(connection: Connection, notes = new Map<string, unknown>(), held: readonly string[] = []) {
    this.connection = connection;
    this.notes = notes;
    this.held = new Set(held);
  }

  end(): void {
    this.connection = null;
  }

  get db(): Db {
    return this.live().db;
  }

  get shared(): Map<string, unknown> {
    this.live();
    return this.notes;
  }

  async prepared<R>(...query: Query): Promise<R> {
    return (await this.live().cache.run(...query)) as R;
  }

  async write(...query: Query): Promise<number> {
    const { rowCount } = (await this.live().cache.run(...query)) as pg.QueryResult;
    return rowCount ?? 0;
  }

  async lockBook(villageId: string): Promise<void> {
    const connection = this.live();
    if (this.held.has(villageId)) return;
    await lockBook(connection, villageId);
    // A savepoint that is undone lets go of it again.
    if (this.depth === 0) this.held.add(villageId);
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const connection = this.live();
    const name = `inner_${String(++this.depth)}`;
    await connection.query(`savepoint ${name}`);
    try {
      const value = await work();
      await this.live().query(`release ${name}`);
      return value;
    } catch (error) {
      this.notes.clear();
      if (this.connection) await connection.query(`rollback to ${name}; release ${name}`);
      throw error;
    } finally {
      this.depth -= 1;
    }
  }

  private live(): Connection {
    if (!this.connection) throw new StoreMisuse('a database handle was used after its turn');
    return this.connection;
  }
}
