import { eq } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { floorOf, parseAccountId } from './accounts.ts';
import type { Track } from './verify-entry.ts';
import { bad } from './verify-rows.ts';

/** Every account of the book at zero, by id; or the first that is not what its id says. */
export async function loadAccounts(
  reader: Reader,
  villageId: string,
): Promise<{ accounts: Map<string, Track>; bad: BadRow | null }> {
  const { accounts: table } = reader.t;
  const rows = await reader.db.select().from(table).where(eq(table.villageId, villageId)).orderBy(table.id);
  const accounts = new Map<string, Track>();
  for (const row of rows) {
    const wrong = wrongAccount(row);
    if (wrong) return { accounts, bad: wrong };
    const { id, unit, floor } = row;
    accounts.set(id, { id, unit, floor, balance: 0, through: '', lastNumber: 0 });
  }
  return { accounts, bad: null };
}

interface AccountRow {
  readonly id: string;
  readonly kind: string;
  readonly ownerId: string;
  readonly unit: string;
  readonly floor: number | null;
}

function wrongAccount({ id, kind, ownerId, unit, floor }: AccountRow): BadRow | null {
  const account = parseAccountId(id);
  const said = `${kind}:${ownerId}:${unit}`;
  if (!account) return bad('accounts', { check: 'account', accountId: id, expected: said, found: id });
  if (said !== id) return bad('accounts', { check: 'account', accountId: id, expected: id, found: said });
  const expected = floorOf(account.kind);
  return floor === expected
    ? null
    : bad('accounts', { check: 'floor', accountId: id, expected, found: floor });
}

/** The first stored balance, by account id, that is not the recomputed one; or an account that no line names. */
export async function checkBalances(
  reader: Reader,
  villageId: string,
  accounts: ReadonlyMap<string, Track>,
): Promise<BadRow | null> {
  const { balances } = reader.t;
  const rows = await reader.db.select().from(balances).where(eq(balances.villageId, villageId));
  const stored = new Map(rows.map((row) => [row.accountId, row]));
  for (const id of [...new Set([...accounts.keys(), ...stored.keys()])].sort(byBytes)) {
    const wrong = wrongBalance(id, accounts.get(id), stored.get(id));
    if (wrong) return wrong;
  }
  return null;
}

interface BalanceRow {
  readonly balance: number;
  readonly floor: number;
  readonly effectiveThrough: string;
}

function wrongBalance(
  accountId: string,
  track: Track | undefined,
  stored: BalanceRow | undefined,
): BadRow | null {
  if (track?.lastNumber === 0)
    return bad('accounts', { check: 'orphan', accountId, expected: '', found: accountId });
  if (!track || (track.floor === null && stored)) {
    return bad('balances', { check: 'orphan', accountId, expected: '', found: stored?.balance ?? '' });
  }
  if (track.floor === null) return null;
  if (!stored) return bad('balances', { check: 'missing', accountId, expected: track.balance, found: '' });
  const differs = (
    check: 'balance' | 'floor' | 'through',
    expected: string | number,
    found: string | number,
  ) => (expected === found ? null : bad('balances', { check, accountId, expected, found }));
  return (
    differs('balance', track.balance, stored.balance) ??
    differs('floor', track.floor, stored.floor) ??
    differs('through', track.through, stored.effectiveThrough)
  );
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
