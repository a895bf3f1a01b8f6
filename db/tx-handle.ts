import type { Column } from 'drizzle-orm';
import type { Db } from '#engine';
import { firstFailure } from './first-failure.ts';
import type { ListingAsked } from './prepared.ts';
import { type Engine, StoreMisuse, type Tx } from './store.ts';
import type { Tables } from './tables/index.ts';

/** The handle that work gets: a connection until `end`. Afterwards every use of it throws. */
export abstract class TxHandle<Connection extends { readonly db: Db }> implements Tx {
  abstract readonly engine: Engine;
  abstract readonly t: Tables;
  /** The number of open savepoints. */
  protected depth = 0;
  /** The writes whose answers nobody has waited for yet. */
  writes: Promise<unknown>[] = [];
  private connection: Connection | null;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  abstract prepared<R>(...query: Parameters<Tx['prepared']>): Promise<R>;
  abstract bareRows<const Columns extends readonly Column[], Made>(
    ...query: ListingAsked<Columns, Made>
  ): Promise<Made[]>;
  abstract write(...query: Parameters<Tx['write']>): Promise<number>;
  abstract lockBook(villageId: string): Promise<void>;
  abstract pause(): Promise<void>;
  /** Runs a command that has no answer. */
  protected abstract command(connection: Connection, sql: string): unknown;
  /** True while there is a transaction in which a savepoint can be undone. */
  protected abstract isInTransaction(connection: Connection): boolean;

  end(): void {
    this.connection = null;
  }

  answeredWithCommit(writes: Promise<unknown>): void {
    // If it fails, whoever waits for the commit is told.
    writes.catch(() => undefined);
    this.writes.push(writes);
  }

  /** Waits for work and for its writes. The error that came first is thrown: it is the cause of later ones. */
  async answered<T>(work: Promise<T>): Promise<T> {
    try {
      const value = await work;
      await Promise.all(this.writes);
      return value;
    } catch (error) {
      throw ((await firstFailure(this.writes)) ?? { error }).error;
    }
  }

  get db(): Db {
    return this.live().db;
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const connection = this.live();
    const name = `inner_${String(++this.depth)}`;
    const before = this.writes;
    this.writes = [];
    await this.command(connection, `savepoint ${name}`);
    try {
      const value = await this.answered(work());
      await this.command(this.live(), `release ${name}`);
      return value;
    } catch (error) {
      if (this.connection && this.isInTransaction(connection)) {
        await this.command(connection, `rollback to ${name}; release ${name}`);
      }
      throw error;
    } finally {
      this.writes = before;
      this.depth -= 1;
    }
  }

  protected live(): Connection {
    if (!this.connection) throw new StoreMisuse('a database handle was used after its turn');
    return this.connection;
  }
}
