/** The kinds of events that somebody who watches the books is asked to look at. */
export const LOOK_KINDS = ['together', 'large', 'reversal', 'undone', 'loss', 'often', 'looked'] as const;
export type LookKind = (typeof LOOK_KINDS)[number];
