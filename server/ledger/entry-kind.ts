import { entryKinds as labels } from '../../shared/ledger/core-entry-kinds.ts';
import type { Label } from './account-kind.ts';

/** A domain's description of a kind of entry. */
export interface EntryKindSpec {
  readonly kind: string;
  /** Whether an entry may say that it takes an account under its floor. */
  readonly mayPassFloor: boolean;
  /** The causes that such an entry may have: the part before the colon of its `source`. Null allows any. */
  readonly source: readonly string[] | null;
  readonly label: Label;
  /** Whether somebody may propose to take it back. Kinds without it have a correction of their own. */
  readonly reversalMayBeProposed?: boolean;
  /** Whether it may spend an amount that a hold has set aside. */
  readonly endsHold?: boolean;
  /**
   * The kinds of account that its lines are on: every line on the same one, or just these lines, in this order. An act
   * has none: it moves nothing, and its facts say what was done.
   */
  readonly lines?: 'none' | { readonly every: string } | { readonly inOrder: readonly string[] };
}

/** Declares a kind of entry, under its own name, so that kinds of several rooms fold into one registry. */
export function entryKind<const Kind extends string>(
  spec: EntryKindSpec & { readonly kind: Kind },
): Readonly<Record<Kind, EntryKindSpec & { readonly kind: Kind }>> {
  return { [spec.kind]: spec } as unknown as Record<Kind, EntryKindSpec & { readonly kind: Kind }>;
}

/** The kind of entry that is an act. It moves nothing, its source is the thing it was done to, and its facts say what was done. */
export const ACT_KIND = 'act' as const;

/**
 * The kind of entry that gives back a part of another one, which has the same `source`. While it stands, the other one is
 * not reversed: its parts would be given back twice.
 */
export const RETURN_KIND = 'return' as const;

/** The kinds that belong to the ledger itself. None of them but the return can be reversed. */
export const coreEntryKinds = {
  ...entryKind({ kind: 'hold', mayPassFloor: false, source: null, label: labels.hold }),
  ...entryKind({
    kind: 'release',
    mayPassFloor: false,
    source: null,
    label: labels.release,
    endsHold: true,
  }),
  ...entryKind({ kind: 'reversal', mayPassFloor: true, source: null, label: labels.reversal }),
  ...entryKind({
    kind: RETURN_KIND,
    mayPassFloor: false,
    source: null,
    reversalMayBeProposed: true,
    label: labels.return,
  }),
  ...entryKind({ kind: ACT_KIND, mayPassFloor: false, source: null, label: labels.act, lines: 'none' }),
};

/**
 * True for names that acts alone have. The guards of the database know an act by its name, and so does anybody who
 * verifies a book without the program.
 */
export function isActName(kind: string): boolean {
  return /^act(?:_[a-z0-9_]+)?$/.test(kind);
}

/** True when an entry of the kind may have so many lines. */
export function isLineCount({ lines }: EntryKindSpec, count: number): boolean {
  return lines === 'none' ? count === 0 : count >= 2;
}

/** A hold is released instead of reversed, a reversal stands, and an act moved nothing that could be taken back. */
export function isReversible(kind: string): boolean {
  return kind === RETURN_KIND || (!Object.hasOwn(coreEntryKinds, kind) && !isActName(kind));
}
