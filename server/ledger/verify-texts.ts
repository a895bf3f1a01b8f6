import type { BadRow } from '../../shared/ledger/verification.ts';
import type { EntryRow, TextRow } from './journal-rows.ts';
import { textCommitment } from './seal.ts';
import { bad } from './verify-rows.ts';

/** The next text row against an entry whose seal fits. An erased text has neither body nor salt. */
export function checkText(header: EntryRow, text: TextRow | null): BadRow | null {
  const { number, textCommitment: committed } = header;
  if (text && text.number < number) return orphanText(text);
  if (text?.number !== number) {
    if (committed === null) return null;
    return bad('journal_texts', { check: 'missing', number, expected: committed, found: '' });
  }
  if (committed === null) return orphanText(text);
  const { body, salt } = text;
  if (body === null && salt === null) return null;
  const found = body === null || salt === null ? null : textCommitment(salt, body);
  return found === committed
    ? null
    : bad('journal_texts', { check: 'text', number, expected: committed, found });
}

export function orphanText({ number, body }: TextRow): BadRow {
  return bad('journal_texts', {
    check: 'orphan',
    number,
    expected: '',
    found: body === null ? null : '…',
  });
}
