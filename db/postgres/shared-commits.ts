import { StoreBusy, StoreMisuse, type StoreObserver, type Tx } from '../store.ts';
import { begin, commit, type Connection, undo } from './connection.ts';
import { onlyDatabase } from './await-guard.ts';
import { asBusyWhenBroken, isBroken, mayTryAgain } from './map-errors.ts';
import { PostgresTx } from './tx-handle.ts';

/**
 * This many works share one commit at most. PostgreSQL remembers 64 savepoints of a transaction; beyond,
 * everybody's reads slow down.
 */
const WORKS_MAX = 32;
/** After this time no further work joins: those in front wait for the commit, and other processes for the book. */
const JOIN_MS_MAX = 200;

type Work<T> = (tx: Tx) => Promise<T>;

export interface SharedCommitsOptions {
  /** Lends a connection for a piece of work. */
  readonly withConnection: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;
  /** Runs one work in a transaction of its own, again where that may help. */
  readonly alone: <T>(work: Work<T>, villageId: string) => Promise<T>;
  /** A caller who has waited longer than this is told that nothing was written. */
  readonly waitMsMax: number;
  readonly observer?: StoreObserver | undefined;
}

interface Waiting {
  readonly run: Work<unknown>;
  readonly sinceMs: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A work that has run, and the answer for its caller once the commit stands. */
interface Done {
  readonly one: Waiting;
  readonly tell: () => void;
}

/**
 * The works of a village have to follow each other anyway, for they all count up the same book. So those of one
 * process queue here rather than at the database, and share one transaction and one commit, each under its
 * own savepoint. Several villages are at work at the same time, each on a connection of its own.
 */
export class SharedCommits {
  private readonly queues = new Map<string, Waiting[]>();
  private readonly running = new Set<Promise<void>>();
  private readonly options: SharedCommitsOptions;

  constructor(options: SharedCommitsOptions) {
    this.options = options;
  }

  /** The number of works that wait. */
  get waiting(): number {
    return [...this.queues.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** Resolves when nobody waits or works any more. */
  async finished(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  add<T>(work: Work<T>, villageId: string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const one: Waiting = {
        run: work,
        sinceMs: performance.now(),
        resolve: resolve as (value: unknown) => void,
        reject,
      };
      const queue = this.queues.get(villageId);
      if (queue) {
        queue.push(one);
        return;
      }
      const begun = [one];
      this.queues.set(villageId, begun);
      this.keep(this.drain(villageId, begun));
    });
  }

  private async drain(villageId: string, queue: Waiting[]): Promise<void> {
    // Let callers of the same tick line up behind one commit.
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      if (queue.length === 1) await this.runAlone(villageId, this.next(queue), queue);
      else await this.runTogether(villageId, queue);
    }
    this.queues.delete(villageId);
  }

  private async runAlone(villageId: string, one: Waiting | undefined, behind: Waiting[] = []): Promise<void> {
    if (!one) return;
    const sinceMs = performance.now();
    try {
      one.resolve(await this.options.alone(one.run, villageId));
    } catch (error) {
      one.reject(error);
      // The book could not be had in the whole time allowed. Those behind would wait as long again, past their
      // callers' patience.
      const isWaitOver = performance.now() - sinceMs >= this.options.waitMsMax;
      if (isWaitOver && error instanceof StoreBusy) for (const other of behind.splice(0)) other.reject(error);
    }
  }

  private async runTogether(villageId: string, queue: Waiting[]): Promise<void> {
    const batch: Waiting[] = [];
    let single: readonly Waiting[];
    try {
      single = await this.options.withConnection((connection) =>
        this.transact(connection, villageId, queue, batch),
      );
    } catch (error) {
      // Nothing stands, or nobody knows. If no work had begun, those who wait would only fail too.
      for (const one of batch.length > 0 ? batch : queue.splice(0)) one.reject(error);
      return;
    }
    // They run on a connection of their own: they may have to try for a while, and the queue need not wait for
    // that. They run one after another, because they all want this book, and a waiting one would keep a connection
    // from other villages.
    if (single.length > 0) this.keep(this.runEach(villageId, [...single]));
  }

  private async runEach(villageId: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) await this.runAlone(villageId, this.next(queue), queue);
  }

  private keep(work: Promise<void>): void {
    const kept = work.finally(() => this.running.delete(kept));
    this.running.add(kept);
  }

  /**
   * Runs one transaction. Returns the works that must run again, each alone; every other caller has been answered.
   */
  private async transact(
    connection: Connection,
    villageId: string,
    queue: Waiting[],
    batch: Waiting[],
  ): Promise<readonly Waiting[]> {
    const done: Done[] = [];
    const again: Waiting[] = [];
    const { observer } = this.options;
    let between = '';
    let startedMs = 0;
    try {
      await begin(connection, 'isolation level read committed', villageId);
      const joinUntilMs = performance.now() + JOIN_MS_MAX;
      for (let one = this.next(queue); one; one = this.next(queue)) {
        batch.push(one);
        // The savepoint goes out with the work's first question.
        const saved = connection.query(`${between}savepoint work`);
        saved.catch(() => undefined);
        const result = await runOne(connection, villageId, one);
        // Without it, undoing this work would have undone the one before.
        await saved;
        if (result === 'again') again.push(one);
        else done.push({ one, tell: result.tell });
        between =
          result === 'again' || result.isUndone ? 'rollback to work; release work; ' : 'release work; ';
        if (batch.length >= WORKS_MAX || performance.now() > joinUntilMs) break;
      }
      startedMs = observer ? performance.now() : 0;
      await commit(connection, [], between);
    } catch (error) {
      await undo(connection, error);
      // Everything is undone for certain. The cause is a work that refers to a row that is not there, or that left
      // a failed statement behind. Each runs again alone, and only that one fails.
      if (mayTryAgain(error) || (batch.length > 0 && !isBroken(error))) return batch;
      throw error;
    }
    observer?.committed(done.length, performance.now() - startedMs);
    for (const { tell } of done) tell();
    return again;
  }

  /** Takes the next work, and rejects those that have waited too long already. */
  private next(queue: Waiting[]): Waiting | undefined {
    for (let one = queue.shift(); one; one = queue.shift()) {
      if (performance.now() - one.sinceMs <= this.options.waitMsMax) return one;
      one.reject(new StoreBusy('the book was not to be had'));
    }
    return undefined;
  }
}

/** Runs one work under the savepoint that was just set. It throws only if nobody's work can stand. */
async function runOne(
  connection: Connection,
  villageId: string,
  { run, resolve, reject }: Waiting,
): Promise<'again' | { readonly isUndone: boolean; readonly tell: () => void }> {
  const handle = new PostgresTx(connection, [villageId]);
  connection.hasFailed = false;
  try {
    const value = await onlyDatabase(connection, () => handle.answered(run(handle)));
    handle.end();
    if (connection.hasFailed) await requireUnspoilt(connection);
    return { isUndone: false, tell: () => resolve(value) };
  } catch (error) {
    handle.end();
    if (isBroken(error)) throw error;
    if (mayTryAgain(error)) return 'again';
    // Refused work is answered at the commit too: a neighbour may have caused the refusal.
    return { isUndone: true, tell: () => reject(asBusyWhenBroken(error)) };
  }
}

/**
 * Throws if a failed statement has spoilt the transaction. It has not if the work undid it to a savepoint of its
 * own.
 */
async function requireUnspoilt(connection: Connection): Promise<void> {
  try {
    await connection.query('select 1');
  } catch (error) {
    if (isBroken(error)) throw error;
    throw new StoreMisuse('a database error was caught outside a savepoint', { cause: error });
  }
}
