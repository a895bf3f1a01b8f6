import type { Column } from 'drizzle-orm';
import type { Db } from '#engine';
import type { BareRow, Listing } from './listing.ts';
import type { Tables } from './tables/index.ts';

export type Engine = 'sqlite' | 'postgres';

/** A drizzle query that can be prepared; both dialects' builders fit. */
export interface Preparable<R> {
  prepare(name: string): { execute(values?: Record<string, unknown>): R | Promise<R> };
  toSQL(): { readonly sql: string };
}

/** The database as work sees it. A handle works only until its work ends; later use throws. */
export interface Reader {
  readonly engine: Engine;
  readonly db: Db;
  readonly t: Tables;
  /**
   * Runs the query that `build` makes, prepared once per connection under `name`, with `values`
   * (`sql.placeholder`). Names must be unique to their query: use `room.query`.
   */
  prepared<R>(
    name: string,
    build: (source: { db: Db; t: Tables }) => Preparable<R>,
    values: Record<string, unknown>,
  ): Promise<R>;
  /** Does the same for rows by the thousand: `make` is given the values of each. */
  bareRows<const Columns extends readonly Column[], Made>(
    name: string,
    build: (source: { db: Db; t: Tables }) => Listing<Columns>,
    values: Record<string, unknown>,
    make: (row: BareRow<Columns>) => Made,
  ): Promise<Made[]>;
}

export interface Tx extends Reader {
  /** Holds the village's book until the transaction ends: the one lock its writers share, taken before any other. */
  lockBook(villageId: string): Promise<void>;
  /** Runs `work` so that its failure undoes only what it did, and the transaction goes on. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Lets the event loop answer readers, and goes on in the same transaction. Large work pauses between its parts, because
   * everybody waits while it decides, and on SQLite also while it writes.
   */
  pause(): Promise<void>;
  /**
   * Does the same as `prepared` for a write that returns no rows. Answers how many rows it changed. A list holds the values of
   * all placeholders in their order, as the driver takes them; each is named by its place.
   */
  write(
    name: string,
    build: (source: { db: Db; t: Tables }) => Preparable<unknown>,
    values: Record<string, unknown> | readonly unknown[],
  ): Promise<number>;
  /**
   * Takes writes that the work need not wait for: the commit is sent right behind them, and all are answered together. If
   * one of them fails, so does the work. They must have been sent, and the database itself must refuse what may not stand.
   */
  answeredWithCommit(writes: Promise<unknown>): void;
}

/**
 * The one door to the database.
 *
 * `transaction` resolves only after the commit is durable. Work may await nothing but the database and its own pauses: it may
 * be run again from the start (PostgreSQL retries serialization failures and deadlocks), and it may share a
 * commit with its neighbours, each under its own savepoint. On SQLite all works do; on PostgreSQL those that are
 * given as `ofVillage`: the village's book is held for them from the start, so they should be short.
 */
export interface Store {
  readonly engine: Engine;
  /** Reads one consistent snapshot; cannot write. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  transaction<T>(work: (tx: Tx) => Promise<T>, ofVillage?: string): Promise<T>;
  /** Stops all writes after damage was found from outside; reads go on if they can. SQLite only. */
  refuseWrites?(): void;
  /** Finishes the work under way, refuses later work, and closes the files or connections. */
  close(): Promise<void>;
}

/** Counts what the database does. It must not throw. */
export interface StoreObserver {
  /**
   * Called each time a store opens. `waiting` tells how many works wait: for the writer (SQLite), or for a
   * connection or their village's book (PostgreSQL).
   */
  opened(waiting: () => number): void;
  /** Called when a commit stands, with the number of works in it and the time the commit itself took. */
  committed(works: number, tookMs: number): void;
}

/** The database could not take the work now; nothing of it was written. The same call may succeed later. */
export class StoreBusy extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreBusy';
  }
}

/** The reason why the database takes no writes until somebody has seen to it. */
export type Trouble = 'full' | 'readonly' | 'damaged';

/** The disk or the database is in a state that waiting alone does not mend. Nothing of the work was written. */
export class StoreTroubled extends StoreBusy {
  readonly trouble: Trouble;

  constructor(trouble: Trouble, options?: ErrorOptions) {
    super(SAID[trouble], options);
    this.name = 'StoreTroubled';
    this.trouble = trouble;
  }
}

const SAID: Readonly<Record<Trouble, string>> = {
  full: 'the disk is full or refuses to be written',
  readonly: 'the database cannot be written',
  damaged: 'the database file is damaged',
};

/** The commit was sent and its outcome is not known: ask again with the same idempotency key. */
export class OutcomeUnknown extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutcomeUnknown';
  }
}

/** A mistake in this program: a handle used after its work ended, or work that waited for something else. */
export class StoreMisuse extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreMisuse';
  }
}
