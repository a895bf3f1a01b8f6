export const ROUND_STATES = ['open', 'closed', 'withdrawn'] as const;
export type RoundState = (typeof ROUND_STATES)[number];

/** So many judges mark in a round. */
export const JUDGES_A_ROUND = 3;
/** A household that fewer judges marked has no result. */
export const JUDGES_LEAST = 2;
/** More households make two rounds. The marks of a sheet are one fact of an act, which has room for so many. */
export const ROUND_HOUSEHOLDS_MOST = 300;
export const ROUND_ITEMS_MOST = 10;
/** The highest mark that an item may have; hundredths. */
export const ITEM_MOST = 10_000;
/** Marks and means are whole or half points; hundredths. */
export const MARK_STEP = 50;
export const BANDS_MOST = 10;
/** A round is opened for a day at most so many days away. */
export const ROUND_DAYS_AWAY = 31;

/** Why a household with a result gets no points when the round is closed. */
export const LEFT_OUT = ['cap', 'closed', 'rule'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/** Something that is looked at, and its highest mark in hundredths. */
export interface RoundItem {
  readonly name: string;
  readonly most: number;
}

/** Results of at least `least` are worth so much under the rule of the round; hundredths. */
export interface Band {
  readonly least: number;
  readonly points: number;
  /** Under a rule that names several: which of them it is. */
  readonly option: string | null;
}

/** The marks of one judge for one household, in the order of the items; null: not marked. */
export type Marks = readonly number[] | null;

/** The highest total that a household can reach. */
export function fullMark(items: readonly RoundItem[]): number {
  return items.reduce((sum, { most }) => sum + most, 0);
}
