import { RowsChanged, type Store, type Tx } from '../../db/index.ts';

/**
 * A write whose work is too long to be done while others wait. It is prepared on a snapshot, in pieces that let others
 * through, and becomes true by one short commit. Nothing of it is to be seen before, so it may be broken off anywhere and
 * sent again.
 */
export interface LongWrite<Prepared, Answer> {
  /** `isAgain` says that the village had changed by the time of the commit. */
  readonly prepare: (isAgain: boolean) => Promise<Prepared>;
  /**
   * Writes what was prepared, after a look whether the village is still as it was then; if not, it throws OutOfDate. Null
   * says that it has to prepare under the lock, because the village changes too often.
   */
  readonly commit: (tx: Tx, prepared: Prepared | null) => Promise<Answer>;
}

/** The village has changed in what a long write was prepared on. Nothing of it was written. */
export class OutOfDate extends Error {
  constructor() {
    super('the village has changed since this was prepared');
    this.name = 'OutOfDate';
  }
}

/** After so many tries the next is prepared under the lock. */
const TRIES_MOST = 3;

export async function runLongWrite<Prepared, Answer>(
  store: Store,
  { prepare, commit }: LongWrite<Prepared, Answer>,
): Promise<Answer> {
  for (let tries = 1; tries <= TRIES_MOST; tries += 1) {
    const prepared = await prepare(tries > 1);
    try {
      return await store.transaction((tx) => commit(tx, prepared));
    } catch (error) {
      if (!(error instanceof OutOfDate || error instanceof RowsChanged)) throw error;
    }
  }
  return store.transaction((tx) => commit(tx, null));
}

/** So many rows are worked on without a pause: some 30 ms of the heaviest work, which is the pinyin of a name. */
export const ROWS_A_PIECE = 200;

/** Does `each` for all of them, with a pause after every piece. */
export async function inPieces<T>(
  all: readonly T[],
  pause: () => Promise<void>,
  each: (one: T, index: number) => void,
): Promise<void> {
  for (const [index, one] of all.entries()) {
    if (index > 0 && index % ROWS_A_PIECE === 0) await pause();
    each(one, index);
  }
}

/** Lets the event loop answer others. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
