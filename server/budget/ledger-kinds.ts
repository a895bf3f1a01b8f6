import { createHash } from 'node:crypto';
import { entryKinds as labels } from '../../shared/budget/entry-kinds.ts';
import { accountKind, type AccountRef, entryKind } from '../ledger/index.ts';

/** The points that a village means to give in a month, one account for the village and one for each category with a part of its own. */
export const accountKinds = {
  ...accountKind({
    kind: 'budget',
    unit: 'POINT',
    floor: 0,
    owner: 'month',
    label: { zh: '积分额度', en: 'Points budget' },
    section: 'equity',
    short: 'budget.used_up',
  }),
};

/** The account of a month ("2026-05"), or of a category's own part in it. */
export function budgetAccount(month: string, head: string | null): AccountRef {
  return accountKinds.budget.of(head === null ? month : `${month}-${headDigest(head)}`);
}

/** Names a category in the id of an account, which takes no Chinese. */
export function headDigest(head: string): string {
  return createHash('sha256').update(head).digest('hex').slice(0, 16);
}

/** The month and the digest in the id of such an account; null for any other account. */
export function ownerOfBudget(
  accountId: string,
): { readonly month: string; readonly digest: string | null } | null {
  const owner = accountKinds.budget.ownerOf(accountId);
  if (owner === null) return null;
  return { month: owner.slice(0, MONTH), digest: owner.length > MONTH ? owner.slice(MONTH + 1) : null };
}

const MONTH = 'YYYY-MM'.length;

/** The cause of such an entry is the month that it is about. */
export const entryKinds = {
  ...entryKind({ kind: 'budget', mayPassFloor: false, source: ['budget'], label: labels.budget }),
};
