import { OutcomeUnknown, RowsChanged, type Store, StoreBusy, type Tx } from '../../db/index.ts';
import { type CommandObserver, type Admission, type Outcome, runCommands } from './run.ts';

/** No commit has room for more: a command that does anything writes some five rows. */
const COMMANDS_MOST = 400;

/** Runs commands; those of a village that wait at the same time run together. */
export interface CommandQueue {
  /** Resolves when the command is on the disk. Throws what it refuses with. */
  run<Answer>(villageId: string, open: Admission<Answer>): Promise<Answer>;
}

interface Waiting {
  readonly open: Admission<unknown>;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export function createCommandQueue(store: Store, observer?: CommandObserver): CommandQueue {
  /** Those who wait, by village. A village is here while its commands run. */
  const lines = new Map<string, Waiting[]>();
  observer?.opened(() => Array.from(lines.values()).reduce((sum, { length }) => sum + length, 0));

  async function runAll(villageId: string, line: Waiting[]): Promise<void> {
    lines.set(villageId, line);
    while (line.length > 0) await runNext(villageId, line);
    lines.delete(villageId);
  }

  /** Takes along every command that has come by the time the store gives the turn. */
  async function runNext(villageId: string, line: Waiting[]): Promise<void> {
    // The store may run its work again: then for the same commands.
    const batch: Waiting[] = [];
    const takeMore = () => {
      const more = line.splice(0, COMMANDS_MOST - batch.length);
      batch.push(...more);
      return more;
    };
    const work = (tx: Tx) => {
      if (batch.length === 0) takeMore();
      return run(tx, villageId, batch, takeMore);
    };
    try {
      const outcomes = await store.transaction(work, villageId);
      settle(line, batch, outcomes);
    } catch (error) {
      // If the turn never came, those behind would wait as long again, past their callers' patience.
      if (batch.length > 0) await fail(villageId, line, batch, error);
      else for (const one of line.splice(0)) one.reject(error);
    }
  }

  const run = (
    tx: Tx,
    villageId: string,
    batch: readonly Waiting[],
    join: () => readonly Waiting[] = () => [],
  ) =>
    runCommands(
      tx,
      villageId,
      batch.map(({ open }) => open),
      { observer, join: () => join().map(({ open }) => open) },
    );

  /** Puts those for whom there was no room in front of the ones that came later. */
  function settle(line: Waiting[], batch: readonly Waiting[], outcomes: readonly Outcome<unknown>[]): void {
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.ok) batch[index]?.resolve(outcome.answer);
      else batch[index]?.reject(outcome.error);
    }
    line.unshift(...batch.slice(outcomes.length));
  }

  /** If the database refused what several wrote together, each runs alone, and only one of them fails. */
  async function fail(
    villageId: string,
    line: Waiting[],
    batch: readonly Waiting[],
    error: unknown,
  ): Promise<void> {
    const isOfAll = error instanceof StoreBusy || error instanceof OutcomeUnknown;
    // Somebody who does not hold the book may change a row between reading and writing. The second try sees it.
    const isWorthwhile = batch.length > 1 || error instanceof RowsChanged;
    if (isOfAll || !isWorthwhile) {
      for (const one of batch) one.reject(error);
      return;
    }
    for (const one of batch) {
      try {
        const outcomes = await store.transaction((tx) => run(tx, villageId, [one]), villageId);
        settle(line, [one], outcomes);
      } catch (alone) {
        one.reject(alone);
      }
    }
  }

  return {
    run: (villageId, open) =>
      new Promise((resolve, reject) => {
        const one = { open, resolve: resolve as (answer: unknown) => void, reject };
        const line = lines.get(villageId);
        if (line) line.push(one);
        else void runAll(villageId, [one]);
      }),
  };
}
