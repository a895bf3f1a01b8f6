import { charactersOf } from './visible-text.ts';

/** What a village decides for itself. Stored as one document with the village. */
export interface VillageSettings {
  /** What one point is worth in the shop, in fen. Often 100. */
  pointValueFen: number;
  /** A deduction or a reversal may take a household below zero; a redemption never may. */
  deductionsMayGoBelowZero: boolean;
  /** Business days are counted in this zone. */
  timeZone: string;
  /** At the counter, baskets of more points than this need the household's PIN; null: none does. */
  pinAboveHundredths: number | null;
  /** Shown on the public board. */
  shopHours: string;
}

export const DEFAULT_SETTINGS: VillageSettings = {
  pointValueFen: 100,
  deductionsMayGoBelowZero: false,
  timeZone: 'Asia/Shanghai',
  pinAboveHundredths: null,
  shopHours: '',
};

/**
 * Hides the middle of a name, or the second of two characters: 王明 → 王*, 王小明 → 王*明, 欧阳合爱 → 欧**爱. Spaces that
 * only stretch a short name to the width of a longer one (王　明) do not count as its middle. Masked twice is masked once.
 */
export function maskName(name: string): string {
  const characters = charactersOf(name.trim().replace(/(\p{Script=Han})\s+(?=\p{Script=Han})/gu, '$1'));
  if (characters.length <= 1) return '*';
  if (characters.length === 2) return `${characters[0] ?? ''}*`;
  return `${characters[0] ?? ''}${'*'.repeat(characters.length - 2)}${characters.at(-1) ?? ''}`;
}
