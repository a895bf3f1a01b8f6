import type { Db } from '#engine';
import type { Tables } from './tables/index.ts';

export type Engine = 'sqlite' | 'postgres';

/** A drizzle query that can be prepared; both dialects' builders fit. */
interface Preparable<R> {
  prepare(name: string): { execute(values?: Record<string, unknown>): R | Promise<R> };
}

/** What work sees of the database. A handle works only while its turn lasts; used later it throws. */
export interface Reader {
  readonly engine: Engine;
  readonly db: Db;
  readonly t: Tables;
  /**
   * The query built by `build`, prepared once per connection under `name` and run with `values`
   * (`sql.placeholder`). Names must be unique to their query: use `room.query`.
   */
  prepared<R>(
    name: string,
    build: (source: { db: Db; t: Tables }) => Preparable<R>,
    values: Record<string, unknown>,
  ): Promise<R>;
}

export interface Tx extends Reader {
  /** Holds the village's book until the transaction ends: the one lock its writers share, taken before any other. */
  lockBook(villageId: string): Promise<void>;
  /** Runs `work` so that its failure undoes only what it did, and the transaction goes on. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
  /** As `prepared`, for a write that returns no rows; answers how many it changed. */
  write(
    name: string,
    build: (source: { db: Db; t: Tables }) => Preparable<unknown>,
    values: Record<string, unknown>,
  ): Promise<number>;
  /**
   * Notes for what is known of rows locked by this transaction, so that they need not be read again. All works of
   * one commit share them; they are emptied whenever anything is undone. Whoever changes such a row must
   * change its note.
   */
  readonly shared: Map<string, unknown>;
}

/**
 * The one door to the database.
 *
 * `transaction` resolves only after the commit is durable. Work may await nothing but the database: it may
 * be run again from the start (PostgreSQL retries serialization failures and deadlocks), and it may share a
 * commit with its neighbours, each under its own savepoint. On SQLite all works do; on PostgreSQL those that are
 * given as `ofVillage`: the village's book is held for them from the start, so they should be short.
 */
export interface Store {
  readonly engine: Engine;
  /** Reads one consistent snapshot; cannot write. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  transaction<T>(work: (tx: Tx) => Promise<T>, ofVillage?: string): Promise<T>;
  /** Damage was found from outside: from now on nothing is written, reads go on where they can. SQLite only. */
  refuseWrites?(): void;
  /** Finishes what is under way, refuses what comes after, and closes the files or connections. */
  close(): Promise<void>;
}

/** Told what the database does, where somebody counts it. It must not throw. */
export interface StoreObserver {
  /** When a store opens, each time it does: how to ask how many works wait, for the writer (SQLite) or for a connection or their village's turn (PostgreSQL). */
  opened(waiting: () => number): void;
  /** A commit stands: so many works in it, and how long the commit itself took. */
  committed(works: number, tookMs: number): void;
}

/** The database could not take the work now; nothing of it was written. The same call may succeed later. */
export class StoreBusy extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreBusy';
  }
}

/** Why the database takes no writes until somebody has seen to it. */
export type Trouble = 'full' | 'readonly' | 'damaged';

/** The disk or the database is in a state that waiting alone does not mend; nothing of the work was written. */
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

/** A mistake in this program: a handle used after its turn, or work that waited for something else. */
export class StoreMisuse extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreMisuse';
  }
}
