import { entryKinds as labels } from '../../shared/proposals/entry-kinds.ts';
import { accountKind, entryKind, type FactInput } from '../ledger/index.ts';

const ofVillage = { unit: 'POINT', floor: null, owner: 'village' } as const;

/** The village's own side of awards, deductions, opening balances, and of points that end with a household's account. */
export const accountKinds = {
  ...accountKind({
    ...ofVillage,
    kind: 'issued',
    label: { zh: '发放积分', en: 'Points issued' },
    section: 'equity',
  }),
  ...accountKind({
    ...ofVillage,
    kind: 'deducted',
    label: { zh: '扣减积分', en: 'Points deducted' },
    section: 'expenses',
  }),
  ...accountKind({
    ...ofVillage,
    kind: 'opening',
    label: { zh: '期初结转', en: 'Opening balances' },
    section: 'equity',
  }),
  ...accountKind({
    ...ofVillage,
    kind: 'lapsed',
    label: { zh: '销户注销', en: 'Points lapsed' },
    section: 'expenses',
  }),
};

export const ISSUED = accountKinds.issued.of();
export const DEDUCTED = accountKinds.deducted.of();
export const OPENING = accountKinds.opening.of();
export const LAPSED = accountKinds.lapsed.of();

/** The fact that names the rule of a deed: its code and version. */
export const RULE_FACT = 'rule';

/** The fact that says when whoever approved an entry was first shown what they approved: milliseconds since 1970. */
export const SEEN_FACT = 'seenAtMs';

/** The facts of an entry that was proposed: the id of whoever proposed it. Its actor approved it. */
export function proposedFacts({ proposedBy }: { readonly proposedBy: string }): FactInput[] {
  return [{ name: 'proposedBy', value: proposedBy }];
}

/** The fact that names who approved an entry that the clock booked at the end of its notice. */
export const APPROVED_FACT = 'approvedBy';
/** The fact that names the notice. */
export const NOTICE_FACT = 'notice';

/** The fact that says what was to be deducted, beside an entry that could not take all of it: hundredths below zero. */
export const ASKED_FACT = 'asked';

/**
 * The facts of an entry that the clock books: who approved it, and the notice that it was on. None for one that was approved
 * just now. A deduction was told to its household, and on no notice.
 */
export function approvedFacts({
  state,
  decidedBy,
  noticeId,
}: {
  readonly state: string;
  readonly decidedBy: string | null;
  readonly noticeId: string | null;
}): FactInput[] {
  if (state !== 'on_notice' || decidedBy === null) return [];
  return [
    { name: APPROVED_FACT, value: decidedBy },
    ...(noticeId === null ? [] : [{ name: NOTICE_FACT, value: noticeId }]),
  ];
}

const proposed = { mayPassFloor: false, source: ['proposal'], reversalMayBeProposed: true } as const;

export const entryKinds = {
  /** Opening balances are also imported from a spreadsheet. */
  ...entryKind({
    kind: 'opening',
    mayPassFloor: false,
    source: ['proposal', 'import'],
    reversalMayBeProposed: true,
    label: labels.opening,
  }),
  ...entryKind({ ...proposed, kind: 'award', label: labels.award }),
  ...entryKind({ ...proposed, kind: 'deduction', mayPassFloor: true, label: labels.deduction }),
  /** A split, a merge, or a household that leaves its points to another. */
  ...entryKind({ ...proposed, kind: 'transfer', label: labels.transfer, lines: { every: 'household' } }),
  /** A household leaves its points behind when its account ends; a debt lapses too. */
  ...entryKind({
    ...proposed,
    kind: 'closing',
    label: labels.closing,
    lines: { inOrder: ['household', 'lapsed'] },
  }),
};
