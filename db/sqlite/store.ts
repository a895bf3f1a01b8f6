import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Db } from '#engine';
import { PreparedCache } from '../prepared.ts';
import type { Store, StoreObserver, Tx } from '../store.ts';
import { OutcomeUnknown, StoreBusy, StoreMisuse, StoreTroubled } from '../store.ts';
import { Checkpoints } from './checkpoints.ts';
import { withSettledPlans } from './settled-plans.ts';
import { asBusy, isBusy, isConstraint, isRefused, told, troubleOf } from './map-errors.ts';
import { type Connection, tables, SqliteTx } from './tx-handle.ts';

/**
 * This many works share one commit at most; enough for one fsync to vanish among them, few enough to answer soon.
 */
const BATCH_MAX = 256;
const READERS_KEPT_MAX = 3;
/** The longest wait for another process's lock on the file. */
const BUSY_MS_MAX = 5000;
/** The longest pause between two tries to have it. */
const BUSY_PAUSE_MS_MAX = 50;

export interface SqliteOptions {
  readonly path: string;
  /** BUSY_MS_MAX when left out. */
  readonly busyMsMax?: number;
  readonly observer?: StoreObserver | undefined;
}

/**
 * Opens SQLite behind the Store: one writer connection whose queued transactions share commits, and a few read-
 * only connections. No caller is told of success before the commit is on disk.
 */
export function openSqliteStore(options: SqliteOptions): Store {
  const writer = openConnection(options, false);
  const queue = new WriteQueue(writer, options);
  options.observer?.opened(() => queue.length);
  const readers: Connection[] = [];
  let closed = false;

  return {
    engine: 'sqlite',
    async read(work) {
      if (closed) throw new StoreBusy('the store is closed');
      const connection = readers.pop() ?? openReader(options);
      const handle = new SqliteTx(connection);
      try {
        connection.raw.exec('begin');
        return await work(handle);
      } catch (error) {
        queue.noteDamage(error);
        throw told(error);
      } finally {
        handle.end();
        if (connection.raw.inTransaction) connection.raw.exec('commit');
        if (readers.length < READERS_KEPT_MAX && !closed) readers.push(connection);
        else connection.raw.close();
      }
    },
    transaction: (work) => queue.add(work),
    refuseWrites: () => queue.noteDamage(new StoreTroubled('damaged')),
    async close() {
      closed = true;
      await queue.close();
      for (const reader of readers.splice(0)) reader.raw.close();
      writer.raw.close();
    },
  };
}

function openConnection(options: SqliteOptions, readonly: boolean): Connection {
  const raw = new Database(options.path, { readonly, timeout: options.busyMsMax ?? BUSY_MS_MAX });
  raw.pragma('foreign_keys = on');
  // Savepoints keep their undo in a temporary file otherwise.
  raw.pragma('temp_store = memory');
  // Each connection keeps this many kilobytes of pages. Readers are several, and the system keeps the file's pages
  // too.
  raw.pragma(`cache_size = ${readonly ? -4000 : -8000}`);
  if (!readonly) {
    raw.pragma('journal_mode = wal');
    raw.pragma('synchronous = full');
    // SQLite would wait by sleeping, and nobody would be answered meanwhile: the queue tries again instead.
    raw.pragma('busy_timeout = 0');
  }
  const client = withSettledPlans(raw);
  const db = drizzle({ client, casing: 'snake_case' }) as unknown as Db;
  const source = { db, t: tables };
  return {
    ...{ raw, db, cache: new PreparedCache(source) },
    writes: new PreparedCache(source, (query) => client.prepare(query.toSQL().sql)),
  };
}

function openReader(options: SqliteOptions): Connection {
  try {
    return openConnection(options, true);
  } catch (error) {
    throw told(error);
  }
}

interface Waiting {
  readonly run: (tx: Tx) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

class WriteQueue {
  private readonly waiting: Waiting[] = [];
  private readonly connection: Connection;
  private readonly observer: StoreObserver | undefined;
  private readonly busyMsMax: number;
  private readonly statements: Record<
    'begin' | 'commit' | 'rollback' | 'save' | 'release' | 'undo',
    Database.Statement
  >;
  private running: Promise<void> | null = null;
  private closed = false;
  private damage: StoreTroubled | null = null;
  private readonly checkpoints: Checkpoints;

  constructor(connection: Connection, { observer, busyMsMax = BUSY_MS_MAX }: SqliteOptions) {
    this.connection = connection;
    this.observer = observer;
    this.busyMsMax = busyMsMax;
    const { raw } = connection;
    this.checkpoints = new Checkpoints(raw);
    this.statements = {
      begin: raw.prepare('begin immediate'),
      commit: raw.prepare('commit'),
      rollback: raw.prepare('rollback'),
      save: raw.prepare('savepoint work'),
      release: raw.prepare('release work'),
      undo: raw.prepare('rollback to work'),
    };
  }

  get length(): number {
    return this.waiting.length;
  }

  add<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.closed) return Promise.reject(new StoreBusy('the store is closed'));
    if (this.damage) return Promise.reject(this.damage);
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ run: work, resolve: resolve as (value: unknown) => void, reject });
      this.running ??= this.drain();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.running;
    this.checkpoints.close();
  }

  /** A torn file is not written on: less could be saved from it afterwards. */
  noteDamage(error: unknown): void {
    if (troubleOf(error) === 'damaged') this.damage ??= new StoreTroubled('damaged', { cause: error });
  }

  private async drain(): Promise<void> {
    // Let callers of the same tick line up behind one commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH_MAX);
      try {
        await this.commitBatch(batch);
      } catch (error) {
        // Not even the rollback worked. These callers are told, and the queue goes on: later works may fare
        // better.
        for (const one of batch) one.reject(error);
      }
      await this.checkpoints.between();
    }
    this.running = null;
    this.checkpoints.idle();
  }

  private async commitBatch(batch: Waiting[]): Promise<void> {
    const settle: (() => void)[] = [];
    const failAll = (error: unknown) => {
      for (const one of batch) one.reject(error);
    };
    try {
      await this.begin();
    } catch (error) {
      if (this.connection.raw.inTransaction) this.statements.rollback.run();
      failAll(asBusy('the database file is busy', error));
      return;
    }
    let lastError: unknown;
    for (const one of batch) {
      settle.push(await this.runOne(one, (error) => (lastError = error)));
      // A full disk or a broken file ends the whole transaction, not one savepoint: nobody's work stands.
      if (!this.connection.raw.inTransaction) {
        failAll(asBusy('the database gave the transaction up', lastError));
        return;
      }
    }
    if (this.damage) {
      this.statements.rollback.run();
      failAll(this.damage);
      return;
    }
    const startedMs = this.observer ? performance.now() : 0;
    try {
      this.statements.commit.run();
    } catch (error) {
      const stood = this.connection.raw.inTransaction;
      if (stood) this.statements.rollback.run();
      this.noteDamage(error);
      // A work refers to a row that is not there. Each runs again alone, and only that one fails.
      if (isConstraint(error) && batch.length > 1) for (const one of batch) await this.commitBatch([one]);
      else if (isConstraint(error)) failAll(error);
      else if (isRefused(error, stood)) failAll(asBusy('the commit was refused', error));
      else failAll(new OutcomeUnknown('the commit’s outcome is unknown', { cause: error }));
      return;
    }
    this.observer?.committed(batch.length, performance.now() - startedMs);
    for (const tell of settle) tell();
  }

  /** Begins as the file's only writer. Another process may be that for a while: reads go on until it is done. */
  private async begin(): Promise<void> {
    const untilMs = performance.now() + this.busyMsMax;
    for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, BUSY_PAUSE_MS_MAX)) {
      try {
        this.statements.begin.run();
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() >= untilMs) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  /**
   * Runs one work under its savepoint. Returns the answer for its caller, to be given once the commit is on disk.
   */
  private async runOne(one: Waiting, onError: (error: unknown) => void): Promise<() => void> {
    const handle = new SqliteTx(this.connection);
    try {
      this.statements.save.run();
      // The promise is ours: a query that was returned as it is would run anew for each await.
      const value = await onlyDatabase(handle.answered(Promise.resolve(one.run(handle))), handle);
      handle.end();
      this.statements.release.run();
      return () => one.resolve(value);
    } catch (error) {
      handle.end();
      onError(error);
      this.noteDamage(error);
      if (this.connection.raw.inTransaction) {
        this.statements.undo.run();
        this.statements.release.run();
      }
      // Refused work is answered at the commit too, so that answers keep the order of the queue.
      return () => one.reject(told(error));
    }
  }
}

/**
 * SQLite answers at once, so honest work settles or pauses within its microtasks. Work that does neither by the next
 * turn of the event loop waits for something else, with everybody's commit behind it.
 */
function onlyDatabase<T>(work: Promise<T>, handle: SqliteTx): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const look = () => {
      // Its pause ends later in this turn.
      if (handle.isPausing) timer = setImmediate(look);
      else reject(new StoreMisuse('a transaction awaited something other than the database'));
    };
    let timer = setImmediate(look);
    // Nobody is left to tell of a later failure: the handle is dead by then.
    work.then(resolve, reject).finally(() => clearImmediate(timer));
  });
}
