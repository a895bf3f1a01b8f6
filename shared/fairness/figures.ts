/** The figures that are told of deeds. Each is the sum of entries that can be opened. */
export const FIGURES = ['given', 'taken_back', 'deducted'] as const;
export type Figure = (typeof FIGURES)[number];

/** Stands in a filter for entries that have no such thing: a household without a group, a deed without a proposal. */
export const WITHOUT = '-';

/** The longest stretch that is looked at. */
export const MONTHS_MOST = 12;
export const MONTHS_AT_FIRST = 3;

/** Shares and groups that are worth a question. */
export const STRIKING_KINDS = ['proposer', 'approver', 'group'] as const;
export type StrikingKind = (typeof STRIKING_KINDS)[number];
