import type { Column } from 'drizzle-orm';
import type pg from 'pg';
import { type ColumnsOfPage, columnsQuery, fromColumns } from '../bare-rows.ts';
import type { BareRow } from '../listing.ts';
import type { Asked, AskedWrite, ListingAsked, Source, Values } from '../prepared.ts';
import { StoreMisuse } from '../store.ts';
import { TxHandle } from '../tx-handle.ts';
import { type Connection, lockBook, tables } from './connection.ts';

export class PostgresTx extends TxHandle<Connection> {
  readonly engine = 'postgres';
  readonly t = tables;
  /** Villages whose book is held until the transaction ends, even if this work is undone. */
  private readonly held: Set<string>;

  constructor(connection: Connection, held: readonly string[] = []) {
    super(connection);
    this.held = new Set(held);
  }

  async prepared<R>(...query: Asked): Promise<R> {
    return (await this.send(query)) as R;
  }

  async bareRows<const Columns extends readonly Column[], Made>(
    ...[name, build, values, make]: ListingAsked<Columns, Made>
  ): Promise<Made[]> {
    const query = (source: Source) => columnsQuery(source, build(source));
    const [page] = (await this.send([name, query, values])) as [ColumnsOfPage];
    return fromColumns(page, (row) => make(row as unknown as BareRow<Columns>));
  }

  async write(...query: AskedWrite): Promise<number> {
    const { rowCount } = (await this.send(query)) as pg.QueryResult;
    return rowCount ?? 0;
  }

  private send([name, build, values]: AskedWrite): unknown {
    const connection = this.live();
    const { asked } = connection;
    const answer = connection.cache.get(name, build).execute(values as Values);
    // Others, and the commit, are sent right behind it.
    if (connection.asked === asked) throw new StoreMisuse('a question was not sent at once');
    return answer;
  }

  async lockBook(villageId: string): Promise<void> {
    const connection = this.live();
    if (this.held.has(villageId)) return;
    await lockBook(connection, villageId);
    // Undoing a savepoint gives the lock back.
    if (this.depth === 0) this.held.add(villageId);
  }

  pause(): Promise<void> {
    return this.live().pause();
  }

  protected command(connection: Connection, sql: string): Promise<pg.QueryResult> {
    return connection.query(sql);
  }

  /** A failed statement leaves the transaction open until somebody ends it. */
  protected isInTransaction(): boolean {
    return true;
  }
}
