import type { BadRow } from '../../shared/ledger/verification.ts';

/** Tables of the ledger, as the database names them. */
export type LedgerTable = 'ledger_heads' | 'accounts' | 'balances' | 'journal' | 'postings' | 'journal_texts';

/** What did not fit; docs/seal.md lists them. */
export type Check =
  | 'missing' // a row that must be there is not
  | 'orphan' // a row that belongs to nothing
  | 'head' // the head is not the last entry
  | 'book' // the book's id is not the one its entries were sealed for
  | 'account' // the account is not what its id says
  | 'gap' // a number is left out
  | 'chain' // not the hash of the entry before
  | 'seal' // the hash is not that of the row and its lines
  | 'version' // sealed in a format this program does not know
  | 'kind'
  | 'lines' // the count of lines
  | 'line' // the numbering of lines
  | 'unit'
  | 'amount'
  | 'sum' // a unit does not sum to zero
  | 'balance'
  | 'floor'
  | 'day'
  | 'through'
  | 'text' // the free text is not the one committed to
  | 'reversal'
  | 'hold';

interface Finding {
  readonly check: Check;
  readonly number?: number;
  readonly line?: number;
  readonly accountId?: string;
  readonly expected: string | number | null;
  readonly found: string | number | null;
}

export function bad(table: LedgerTable, finding: Finding): BadRow {
  const { check, number, line, accountId, expected, found } = finding;
  return {
    table,
    number: number ?? null,
    line: line ?? null,
    accountId: accountId ?? null,
    check,
    expected: shown(expected),
    found: shown(found),
  };
}

function shown(value: string | number | null): string {
  return value === null ? 'null' : String(value);
}
