import type Database from 'better-sqlite3';
import type { Db, Kit } from '#engine';
import type { PreparedCache, Values } from '../prepared.ts';
import { StoreMisuse, type Tx } from '../store.ts';
import { defineTables } from '../tables/index.ts';
import { kit } from './kit.ts';

export interface Connection {
  readonly raw: Database.Database;
  readonly db: Db;
  readonly cache: PreparedCache;
}

// One object for all connections: prepared queries are cached per connection, tables are not.
export const tables = defineTables(kit as unknown as Kit);

/** The handle work gets: a connection for one turn; afterwards every use of it throws. */
export class Turn implements Tx {
  readonly engine = 'sqlite';
  readonly t = tables;
  private connection: Connection | null;
  private readonly notes: Map<string, unknown>;
  private depth = 0;

  constructor(connection: Connection, notes = new Map<string, unknown>()) {
    this.connection = connection;
    this.notes = notes;
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

  prepared<R>(name: string, build: Parameters<PreparedCache['run']>[1], values: Values): Promise<R> {
    try {
      return Promise.resolve(this.live().cache.run(name, build, values) as R);
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  write(name: string, build: Parameters<PreparedCache['run']>[1], values: Values): Promise<number> {
    try {
      return Promise.resolve((this.live().cache.run(name, build, values) as Database.RunResult).changes);
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  /** `begin immediate` has already made this the file's only writer. */
  lockBook(): Promise<void> {
    this.live();
    return Promise.resolve();
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const { raw } = this.live();
    const name = `inner_${String(++this.depth)}`;
    raw.exec(`savepoint ${name}`);
    try {
      const value = await work();
      this.live();
      raw.exec(`release ${name}`);
      return value;
    } catch (error) {
      this.notes.clear();
      if (raw.inTransaction && this.connection) raw.exec(`rollback to ${name}; release ${name}`);
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
