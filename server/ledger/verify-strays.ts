import { asc, gt } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { bad, type LedgerTable } from './verify-rows.ts';

/**
 * The first row of the ledger that belongs to none of these villages: no walk along a book ever meets it.
 * Each table is asked for the next village it knows, so that the cost does not grow with the books.
 */
export async function findStray(reader: Reader, villageIds: readonly string[]): Promise<BadRow | null> {
  const known = new Set(villageIds);
  const { ledgerHeads, accounts, balances, journal, postings, journalTexts } = reader.t;
  const tables = [
    ['ledger_heads', ledgerHeads],
    ['accounts', accounts],
    ['balances', balances],
    ['journal', journal],
    ['postings', postings],
    ['journal_texts', journalTexts],
  ] as const;
  for (const [name, table] of tables) {
    const stray = await strayIn(reader, name, table, known);
    if (stray) return stray;
  }
  return null;
}

async function strayIn(
  reader: Reader,
  name: LedgerTable,
  table: Reader['t']['journal' | 'ledgerHeads' | 'accounts' | 'balances' | 'postings' | 'journalTexts'],
  known: ReadonlySet<string>,
): Promise<BadRow | null> {
  for (let last: string | null = null; ;) {
    const [row]: { villageId: string }[] = await reader.db
      .select({ villageId: table.villageId })
      .from(table)
      .where(last === null ? undefined : gt(table.villageId, last))
      .orderBy(asc(table.villageId))
      .limit(1);
    if (!row) return null;
    if (!known.has(row.villageId)) return bad(name, { check: 'orphan', expected: '', found: row.villageId });
    last = row.villageId;
  }
}
