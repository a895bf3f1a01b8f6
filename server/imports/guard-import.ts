import type { Tx } from '../../db/index.ts';
import type { PaperKind } from '../../shared/imports/papers.ts';
import type { DecideAt, GuardedAt } from '../at.ts';
import { needSecondForTakenIn, takenInToday, worthOf } from '../goods/index.ts';
import { needSecond } from '../need-second.ts';
import type { Staged } from './plan.ts';

interface ImportGuardAt extends Pick<DecideAt, 'villageId' | 'today'>, GuardedAt {
  readonly importId: string;
  readonly filename: string;
}

/**
 * Asks a second person for the part of a paper that one may not bring in alone. Call it under the village's lock, before the
 * paper's entries are posted.
 */
export async function needSecondForImport(
  tx: Tx,
  at: ImportGuardAt,
  paper: PaperKind,
  { loosening = [], takenIn = [] }: Pick<Staged, 'loosening' | 'takenIn'>,
): Promise<void> {
  if (at.village.openedAtMs === null || (loosening.length === 0 && takenIn.length === 0)) return;
  const before = await takenInToday(tx, at);
  const told = (worthFen: number) => ({
    on: `import:${at.importId}` as const,
    is: { paper, file: at.filename, ...(worthFen > 0 ? { takenIn: worthFen } : {}) },
    things: loosening,
  });
  if (loosening.length > 0) needSecond(at, told(worthOf(at, before, takenIn)));
  else needSecondForTakenIn(at, before, takenIn, told);
}
