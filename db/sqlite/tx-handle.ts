import type Database from 'better-sqlite3';
import type { Db, Kit } from '#engine';
import type { PreparedCache } from '../prepared.ts';
import { defineTables } from '../tables/index.ts';
import { TxHandle } from '../tx-handle.ts';
import { kit } from './kit.ts';

export interface Connection {
  readonly raw: Database.Database;
  readonly db: Db;
  readonly cache: PreparedCache;
}

// One object serves all connections: prepared queries are cached per connection, tables are not.
export const tables = defineTables(kit as unknown as Kit);

export class SqliteTx extends TxHandle<Connection> {
  readonly engine = 'sqlite';
  readonly t = tables;

  prepared<R>(...query: Parameters<PreparedCache['run']>): Promise<R> {
    return this.run(query, (answer) => answer as R);
  }

  write(...query: Parameters<PreparedCache['run']>): Promise<number> {
    return this.run(query, (answer) => (answer as Database.RunResult).changes);
  }

  /** `begin immediate` has already made this connection the file's only writer. */
  lockBook(): Promise<void> {
    this.live();
    return Promise.resolve();
  }

  protected command({ raw }: Connection, sql: string): void {
    raw.exec(sql);
  }

  protected isInTransaction({ raw }: Connection): boolean {
    return raw.inTransaction;
  }

  private run<R>(query: Parameters<PreparedCache['run']>, read: (answer: unknown) => R): Promise<R> {
    try {
      return Promise.resolve(read(this.live().cache.run(...query)));
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }
}
