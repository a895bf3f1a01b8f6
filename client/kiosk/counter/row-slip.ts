import type { Redemption, RedeemContent, UndoContent } from './state.ts';

interface SlippedRow {
  readonly key: string;
  readonly atMs: number;
  readonly content: RedeemContent | UndoContent;
}

/** The slip of a row that no server has told of: it lacks its entry, and what the caller does not know either. */
export function rowSlip({ key, atMs, content }: SlippedRow, known: Partial<Redemption> = {}): Redemption {
  const lines = 'lines' in content ? content.lines : [];
  const id = 'householdId' in content ? content.householdId : '';
  return {
    ...{ id: key, household: { id, number: content.householdNumber, head: '' } },
    lines: lines.map((line) => ({ ...line, returned: 0 })),
    ...{ points: content.points, balanceAfter: null, bookedAtMs: atMs, journalNumber: 0, digits: '' },
    ...{ volunteer: '', undone: false, mayUndo: false },
    ...known,
  };
}
