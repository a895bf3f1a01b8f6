import type { Kit } from '#engine';
import { conductTables } from './conduct.ts';
import { ledgerTables } from './ledger.ts';
import { officeTables } from './office.ts';
import { peopleTables } from './people.ts';
import { shopTables } from './shop.ts';
import { villageTables } from './village.ts';

export type Tables = ReturnType<typeof defineTables>;

/** Every table of the program, from one definition, in the dialect of the kit given. */
export function defineTables(k: Kit) {
  return {
    ...ledgerTables(k),
    ...villageTables(k),
    ...peopleTables(k),
    ...conductTables(k),
    ...shopTables(k),
    ...officeTables(k),
  };
}
