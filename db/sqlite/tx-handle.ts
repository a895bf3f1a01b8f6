import type Database from 'better-sqlite3';
import type { Column } from 'drizzle-orm';
import type { Db, Kit } from '#engine';
import { bareQuery } from '../bare-rows.ts';
import type { BareRow } from '../listing.ts';
import type { Asked, AskedWrite, ListingAsked, PreparedCache, ValueList, Values } from '../prepared.ts';
import { defineTables } from '../tables/index.ts';
import { TxHandle } from '../tx-handle.ts';
import { kit } from './kit.ts';

/** A query that drizzle prepared; SQLite answers it at once. */
interface PreparedQuery {
  all(values: Values): unknown;
  values(values: Values): unknown[];
  run(values: Values): Database.RunResult;
}

export interface Connection {
  readonly raw: Database.Database;
  readonly db: Db;
  readonly cache: PreparedCache<PreparedQuery>;
  /** Writes whose values come as a list, which the driver binds as it is. */
  readonly writes: PreparedCache<Database.Statement>;
}

// One object serves all connections: prepared queries are cached per connection, tables are not.
export const tables = defineTables(kit as unknown as Kit);

export class SqliteTx extends TxHandle<Connection> {
  readonly engine = 'sqlite';
  readonly t = tables;
  /** True while work waits for its own pause. */
  isPausing = false;

  async pause(): Promise<void> {
    this.live();
    this.isPausing = true;
    await new Promise((resolve) => setImmediate(resolve));
    this.isPausing = false;
  }

  prepared<R>(...[name, build, values]: Asked): Promise<R> {
    return this.answer(() => this.live().cache.get(name, build).all(values) as R);
  }

  bareRows<const Columns extends readonly Column[], Made>(
    ...[name, build, values, make]: ListingAsked<Columns, Made>
  ): Promise<Made[]> {
    return this.answer(() => {
      const query = this.live().cache.get(name, (source) => bareQuery(source, build(source)));
      return query.values(values).map((row) => make(row as BareRow<Columns>));
    });
  }

  write(...[name, build, values]: AskedWrite): Promise<number> {
    return this.answer(() => {
      const { cache, writes } = this.live();
      if (isList(values)) return writes.get(name, build).run(values).changes;
      return cache.get(name, build).run(values).changes;
    });
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

  private answer<R>(ask: () => R): Promise<R> {
    try {
      return Promise.resolve(ask());
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }
}

/** TypeScript's own check does not know lists that are read only. */
function isList(values: Values | ValueList): values is ValueList {
  return Array.isArray(values);
}
