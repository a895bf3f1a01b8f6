import { OutcomeUnknown, type Store, StoreBusy, type Tx } from '../../db/index.ts';
import { type CommandObserver, type Opening, type Outcome, runCommands } from './run.ts';

/** This many commands share their reads and writes at most: enough to pay, few enough to answer soon. */
const COMMANDS_AT_ONCE = 64;

/** Runs commands; those of a village that wait at the same time run together. */
export interface CommandQueue {
  /** Resolves when the command is on the disk. Throws what it refuses with. */
  run<Answer>(villageId: string, open: Opening<Answer>): Promise<Answer>;
}

interface Waiting {
  readonly open: Opening<unknown>;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export function createCommandQueue(store: Store, observer?: CommandObserver): CommandQueue {
  const waiting = new Map<string, Waiting[]>();
  observer?.opened(() => Array.from(waiting.values()).reduce((sum, { length }) => sum + length, 0));

  function add(villageId: string, some: readonly Waiting[]): void {
    const line = waiting.get(villageId);
    if (line) {
      line.push(...some);
      return;
    }
    waiting.set(villageId, [...some]);
    void runNext(villageId);
  }

  /** Takes along every command that has come by the time the store gives the turn. */
  async function runNext(villageId: string): Promise<void> {
    let batch: readonly Waiting[] = [];
    const take = () => {
      // The store may run its work again: then for the same commands.
      if (batch.length > 0) return batch;
      const line = waiting.get(villageId) ?? [];
      waiting.delete(villageId);
      batch = line.slice(0, COMMANDS_AT_ONCE);
      if (line.length > batch.length) add(villageId, line.slice(batch.length));
      return batch;
    };
    try {
      const outcomes = await store.transaction((tx) => runBatch(tx, villageId, take()), villageId);
      settle(villageId, batch, outcomes);
    } catch (error) {
      await fail(villageId, take(), error);
    }
  }

  const runBatch = (tx: Tx, villageId: string, batch: readonly Waiting[]) =>
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
    const rest = batch.slice(outcomes.length);
    if (rest.length > 0) add(villageId, rest);
  }

  /** If the database refused what several wrote together, each runs alone, and only one of them fails. */
  async function fail(villageId: string, batch: readonly Waiting[], error: unknown): Promise<void> {
    const isOfAll = error instanceof StoreBusy || error instanceof OutcomeUnknown;
    if (isOfAll || batch.length < 2) {
      for (const one of batch) one.reject(error);
      return;
    }
    for (const one of batch) {
      try {
        const outcomes = await store.transaction((tx) => runBatch(tx, villageId, [one]), villageId);
        settle(villageId, [one], outcomes);
      } catch (alone) {
        one.reject(alone);
      }
    }
  }

  return {
    run: (villageId, open) =>
      new Promise((resolve, reject) => {
        add(villageId, [{ open, resolve: resolve as (answer: unknown) => void, reject }]);
      }),
  };
}
