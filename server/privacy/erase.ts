import type { ErasedHousehold, Module } from '../define-module.ts';
import type { Ledger } from '../ledger/index.ts';
import type { EraseHousehold } from '../proposals/index.ts';

type Keeper = Pick<Module<never, unknown>, 'textsOf' | 'eraseHousehold'>;

/**
 * Erases everything that is kept about one household and says whose account it was, in the transaction of its
 * approval. Number and postings stay, and the chain still verifies, because texts stand outside the seal.
 */
export function householdEraser(modules: readonly Keeper[], ledger: Ledger): EraseHousehold {
  return async (tx, { villageId, id, nowMs }) => {
    const texts: string[] = [];
    for (const { textsOf } of modules) texts.push(...((await textsOf?.(tx, villageId, id)) ?? []));
    const household: ErasedHousehold = { villageId, id, nowMs, texts };
    for (const { eraseHousehold } of modules) await eraseHousehold?.(tx, household, ledger);
  };
}
