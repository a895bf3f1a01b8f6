import type { Reader } from '../../db/index.ts';
import type { PassbookLine } from '../../shared/ledger/passbook.ts';
import { factValues } from '../ledger/index.ts';
import { ASKED_FACT } from './ledger-kinds.ts';

type Line = Pick<PassbookLine, 'number' | 'kind'>;

/** Finds the deductions among the lines of a passbook that could not take everything, and what they were to take. */
export async function askedIn(
  reader: Reader,
  villageId: string,
  lines: readonly Line[],
): Promise<(line: Line) => Pick<PassbookLine, 'asked'>> {
  const deductions = lines.flatMap(({ kind, number }) => (kind === 'deduction' ? number : []));
  if (deductions.length === 0) return () => ({});
  const found = await factValues(reader, villageId, ASKED_FACT, deductions);
  return ({ number }) => {
    const asked = found.get(number);
    return asked === undefined ? {} : { asked: Number(asked) };
  };
}
