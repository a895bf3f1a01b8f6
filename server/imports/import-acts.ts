import { chunked } from '../../db/index.ts';
import { type AnyAct, THINGS_AN_ACT } from '../../shared/acts/act.ts';
import type { ImportEffect } from '../../shared/imports/contract.ts';
import type { PaperKind } from '../../shared/imports/papers.ts';
import { actEntry } from '../acts/index.ts';
import type { ActAt, GuardedAt } from '../at.ts';
import type { EntryInput } from '../ledger/index.ts';
import type { Staged } from './plan.ts';

export interface ImportActAt extends ActAt, Pick<GuardedAt, 'agreed'> {
  readonly importId: string;
  /** Empty: there was no file. */
  readonly filename: string;
}

/** The entries of the acts of an import: one for the paper as a whole, and one for each part of the things it wrote. */
export function importActs(
  at: ImportActAt,
  kind: PaperKind,
  { create: created, update: updated, unchanged, leftOut, needsApproval }: ImportEffect,
  { added, changed, total }: Staged,
): EntryInput[] {
  const on = `import:${at.importId}` as const;
  const figures = { created, updated, unchanged, leftOut, total };
  const is = { paper: kind, file: at.filename, ...figures, needsApproval: needsApproval || null };
  const acts: AnyAct[] = [
    { act: 'imports.committed', on, is },
    ...chunked(added, THINGS_AN_ACT).map((things) => ({ act: 'imports.added', on, things }) as const),
    ...chunked(changed, THINGS_AN_ACT).map((things) => ({ act: 'imports.changed', on, things }) as const),
  ];
  const { agreed } = at;
  return acts.flatMap((act) => actEntry(at, agreed ? { ...act, agreed: agreed.by } : act) ?? []);
}
