import type { Column } from 'drizzle-orm';
import type { Db } from '#engine';
import type { BareRow, Listing } from './listing.ts';
import type { Preparable } from './store.ts';
import type { Tables } from './tables/index.ts';

export interface Source {
  readonly db: Db;
  readonly t: Tables;
}

export type Values = Record<string, unknown>;

/** The values of placeholders that are named by their place, in that order and as the driver takes them. */
export type ValueList = readonly unknown[];

type Build = (source: Source) => Preparable<unknown>;

/** The query of a name, and the values to run it with. */
export type Asked = readonly [name: string, build: Build, values: Values];
export type AskedWrite = readonly [name: string, build: Build, values: Values | ValueList];

/** The same for rows that are read by the page, and what is made of each. */
export type ListingAsked<Columns extends readonly Column[], Made> = readonly [
  name: string,
  build: (source: Source) => Listing<Columns>,
  values: Values,
  make: (row: BareRow<Columns>) => Made,
];

/** PostgreSQL cuts longer names off, and takes two that begin alike for one. */
const NAME_MOST = 63;

/** Keeps the prepared queries of one connection, by name, in the form that its engine gives them. */
export class PreparedCache<Prepared> {
  private readonly byName = new Map<string, Prepared>();
  private readonly source: Source;
  private readonly prepare: (query: Preparable<unknown>, name: string) => Prepared;

  constructor(
    source: Source,
    prepare = (query: Preparable<unknown>, name: string) => query.prepare(name) as Prepared,
  ) {
    this.source = source;
    this.prepare = prepare;
  }

  get(name: string, build: Build): Prepared {
    let query = this.byName.get(name);
    if (!query) {
      if (name.length > NAME_MOST) throw new Error(`${name} is too long for the name of a statement`);
      query = this.prepare(build(this.source), name);
      this.byName.set(name, query);
    }
    return query;
  }
}
