import type { GoodsItem } from '../../../shared/goods/contract.ts';
import { isCardCode, cardCheckDigit } from '../../../shared/cards/code.ts';
import type { Household } from '../counter/state.ts';

/** Made-up households and goods for the practice till. Nothing here is anybody's. */

export const PRACTICE_PIN = '123456';

export interface PracticeHousehold {
  readonly id: string;
  readonly number: string;
  readonly head: string;
  readonly initials: string;
  readonly card: string;
  balance: number;
}

/** Their names, in the words of the screen. */
export interface PracticeNames {
  readonly heads: readonly string[];
  /** The initials of their names in pinyin, by which they are found. */
  readonly initials: readonly string[];
  readonly goods: readonly string[];
  readonly categories: readonly string[];
  readonly unit: string;
}

/** The drawings of the made-up goods, in the order of their names. */
const DRAWINGS = [
  'rice-bag',
  'towel',
  'hoe',
  'oil-bottle',
  'basin',
  'work-gloves',
  'noodles',
  'soap',
  'shovel',
  'salt-bag',
  'washing-powder',
  'bamboo-broom',
];

const FIRST_NUMBER = 9001;
const POINT = 100;

/** Points that fit the prices of this shelf: one household has plenty, one some, one hardly any. */
export function practiceHouseholds(
  goods: readonly GoodsItem[],
  { heads, initials }: Pick<PracticeNames, 'heads' | 'initials'>,
): PracticeHousehold[] {
  const usual = usualPrice(goods);
  const balances = [usual * 8, usual * 3, Math.max(POINT, Math.floor(usual / 2))].map(wholePoints);
  return balances.map((balance, index) => {
    const number = String(FIRST_NUMBER + index);
    const [head = '', letters = ''] = [heads[index], initials[index]];
    return { id: `practice-${number}`, number, head, initials: letters, card: practiceCard(index), balance };
  });
}

/** Above this a household gives its PIN: a basket of two or three things does not need it, a full one does. */
export function practicePinAbove(goods: readonly GoodsItem[]): number {
  return wholePoints(usualPrice(goods) * 4);
}

export function practiceGoods(
  real: readonly GoodsItem[],
  { goods, categories, unit }: Pick<PracticeNames, 'goods' | 'categories' | 'unit'>,
): GoodsItem[] {
  // Photos lie on the server, and nothing is fetched while somebody practises.
  if (real.length > 0) return real.map((item) => ({ ...item, pictureId: null }));
  return goods.map((name, index) => ({
    id: `practice-goods-${String(index)}`,
    kind: 'goods',
    category: categories[index % categories.length] ?? '',
    name,
    unit,
    price: (index + 1) * 4 * POINT,
    costFen: null,
    barcode: null,
    monthlyLimit: null,
    enabled: true,
    pictureId: null,
    chosenDrawing: null,
    drawing: DRAWINGS[index] ?? 'wrapped-gift',
    rank: null,
    nextPrice: null,
    formerPrice: null,
    stock: 10 - index,
  }));
}

export function asHousehold(
  one: PracticeHousehold,
  at: Pick<Household, 'group' | 'pinAbove' | 'redeemedToday' | 'presence'>,
): Household {
  const { id, number, head, balance } = one;
  const pin = { isSet: true, waitSeconds: 0 };
  return { id, number, head, balance, remaining: [], pin, newSince: null, vouching: null, ...at };
}

function usualPrice(goods: readonly GoodsItem[]): number {
  const prices = goods.map(({ price }) => price).sort((a, b) => a - b);
  return Math.max(POINT, prices[Math.floor(prices.length / 2)] ?? POINT);
}

function wholePoints(hundredths: number): number {
  return Math.ceil(hundredths / POINT) * POINT;
}

/** A code that a scanner's reader takes for a card. Cards of households are drawn at random from all such codes. */
function practiceCard(index: number): string {
  for (let serial = index * 100; ; serial += 1) {
    const digits = `9000000${String(serial).padStart(4, '0')}`;
    const code = digits + cardCheckDigit(digits);
    if (isCardCode(code)) return code;
  }
}
