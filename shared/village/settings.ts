/** The settings that a village decides for itself. They are stored as one document with the village. */
export interface VillageSettings {
  /** The value of one point in the shop, in fen. Often 100. */
  pointValueFen: number;
  /** A deduction or a reversal may take a household below zero; a redemption never may. */
  deductionsMayGoBelowZero: boolean;
  /** Business days are counted in this zone. */
  timeZone: string;
  /** At the counter, baskets of more points than this need the household's PIN; null: none does. */
  pinAboveHundredths: number | null;
  /** Shown on the public board. */
  shopHours: string;
  /** Printed on cards; empty: none. */
  shopPhone: string;
  /** How people find the shop; printed on cards. */
  shopPlace: string;
}

export const DEFAULT_SETTINGS: VillageSettings = {
  pointValueFen: 100,
  deductionsMayGoBelowZero: false,
  timeZone: 'Asia/Shanghai',
  pinAboveHundredths: null,
  shopHours: '',
  shopPhone: '',
  shopPlace: '',
};
