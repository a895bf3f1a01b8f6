import type { BadRow } from '../../shared/ledger/verification.ts';
import type { LineRow, TextRow } from './journal-rows.ts';
import { bad } from './verify-rows.ts';
import { orphanText } from './verify-texts.ts';

interface End {
  /** Number of the last entry there is. */
  readonly last: number;
  readonly headNumber: number;
  /** The first line and text after the last entry. */
  readonly line: LineRow | null;
  readonly text: TextRow | null;
  /** What is wrong with the stored balances. */
  readonly balances: BadRow | null;
}

/**
 * What is left when all entries fit. Where head and journal disagree, the rest of the book is the witness:
 * lines without a header, or balances that include more than the journal, mean that an entry was taken away.
 */
export function checkEnd({ last, headNumber, line, text, balances }: End): BadRow | null {
  const left = line?.number ?? text?.number ?? null;
  if (headNumber > last && (left !== null || balances !== null)) {
    return bad('journal', { check: 'gap', number: last + 1, expected: last + 1, found: '' });
  }
  if (line) {
    const { number, line: index, accountId, amount } = line;
    return bad('postings', { check: 'orphan', number, line: index, accountId, expected: '', found: amount });
  }
  if (text) return orphanText(text);
  if (headNumber < last && balances) {
    return bad('journal', {
      check: 'head',
      number: headNumber + 1,
      expected: headNumber,
      found: headNumber + 1,
    });
  }
  if (headNumber !== last)
    return bad('ledger_heads', { check: 'head', number: headNumber, expected: last, found: headNumber });
  return balances;
}
