import type { ActName } from '../../shared/acts/catalogue.ts';
import type { ActEntry } from '../ledger/index.ts';
import { ACT_FACT, IS } from './book-acts.ts';

/** Whether the entry is the act of this name. */
export function isAct({ facts }: ActEntry, name: ActName): boolean {
  return facts.get(ACT_FACT) === name;
}

/** Reads what the act made of a field, as text; empty where it tells nothing of it. */
export function toldText({ facts }: ActEntry, field: string): string {
  const value = facts.get(IS + field);
  return value === undefined || value === null ? '' : String(JSON.parse(value));
}
