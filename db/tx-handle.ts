import type { Db } from '#engine';
import { type Engine, StoreMisuse, type Tx } from './store.ts';
import type { Tables } from './tables/index.ts';

/** The handle that work gets: a connection until `end`. Afterwards every use of it throws. */
export abstract class TxHandle<Connection extends { readonly db: Db }> implements Tx {
  abstract readonly engine: Engine;
  abstract readonly t: Tables;
  /** The number of open savepoints. */
  protected depth = 0;
  private connection: Connection | null;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  abstract prepared<R>(...query: Parameters<Tx['prepared']>): Promise<R>;
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

  get db(): Db {
    return this.live().db;
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const connection = this.live();
    const name = `inner_${String(++this.depth)}`;
    await this.command(connection, `savepoint ${name}`);
    try {
      const value = await work();
      await this.command(this.live(), `release ${name}`);
      return value;
    } catch (error) {
      if (this.connection && this.isInTransaction(connection)) {
        await this.command(connection, `rollback to ${name}; release ${name}`);
      }
      throw error;
    } finally {
      this.depth -= 1;
    }
  }

  protected live(): Connection {
    if (!this.connection) throw new StoreMisuse('a database handle was used after its turn');
    return this.connection;
  }
}
