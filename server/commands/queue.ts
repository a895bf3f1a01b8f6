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
  const lines = new Map<string, Waiting[]>();
  observer?.opened(() => Array.from(lines.values()).reduce((sum, { length }) => sum + length, 0));

  /** Puts them in front of those that came later. */
  function putBack(villageId: string, some: readonly Waiting[]): void {
    if (some.length === 0) return;
    const line = lines.get(villageId);
    if (line) line.unshift(...some);
    else begin(villageId, [...some]);
  }

  function begin(villageId: string, line: Waiting[]): void {
    lines.set(villageId, line);
    void runNext(villageId);
  }

  function takeAll(villageId: string): Waiting[] {
    const line = lines.get(villageId) ?? [];
    lines.delete(villageId);
    return line;
  }

  /** Takes along every command that has come by the time the store gives the turn. */
  async function runNext(villageId: string): Promise<void> {
    // The store may run its work again: then for the same commands.
    let batch: readonly Waiting[] | undefined;
    const take = () => {
      if (batch) return batch;
      const line = takeAll(villageId);
      batch = line.slice(0, COMMANDS_MOST);
      putBack(villageId, line.slice(COMMANDS_MOST));
      return batch;
    };
    try {
      const outcomes = await store.transaction((tx) => run(tx, villageId, take()), villageId);
      settle(villageId, take(), outcomes);
    } catch (error) {
      // If the turn never came, those behind would wait as long again, past their callers' patience.
      if (batch) await fail(villageId, batch, error);
      else for (const one of takeAll(villageId)) one.reject(error);
    }
  }

  const run = (tx: Tx, villageId: string, batch: readonly Waiting[]) =>
    runCommands(
      tx,
      villageId,
      batch.map(({ open }) => open),
      observer,
    );

  function settle(villageId: string, batch: readonly Waiting[], outcomes: readonly Outcome<unknown>[]): void {
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.ok) batch[index]?.resolve(outcome.answer);
      else batch[index]?.reject(outcome.error);
    }
    putBack(villageId, batch.slice(outcomes.length));
  }

  /** If the database refused what several wrote together, each runs alone, and only one of them fails. */
  async function fail(villageId: string, batch: readonly Waiting[], error: unknown): Promise<void> {
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
        settle(villageId, [one], outcomes);
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
        else begin(villageId, [one]);
      }),
  };
}
