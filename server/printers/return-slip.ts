import type { GoodsItem } from '../../shared/goods/contract.ts';
import type { ReturnReceipt } from '../kiosk/index.ts';
import {
  balanceLines,
  figure,
  footOf,
  headOf,
  householdLines,
  type SlipPlace,
  wordsIn,
} from './receipt-slip.ts';
import { centred, pair, RULE, type SlipLine, text } from './slip-line.ts';

/** The slip of goods that came back: the same as the browser's (client/kiosk/parts/ReturnSlip.vue). */
export function returnSlip(
  receipt: ReturnReceipt,
  isReprint: boolean,
  { place, shelf }: { readonly place: SlipPlace; readonly shelf: readonly GoodsItem[] },
): SlipLine[] {
  const words = wordsIn(place.language);
  const { household, lines, points, balanceAfter, redemptionNumber } = receipt;
  return [
    ...headOf('return', place),
    ...(isReprint ? [centred(words('reprint'), 'large')] : []),
    ...householdLines(household, receipt.bookedAtMs, place),
    RULE,
    text(words('returnOf', { number: redemptionNumber })),
    ...lines.map(({ name, quantity, price }) =>
      pair(words('line', { name, n: quantity }), figure(price * quantity)),
    ),
    RULE,
    pair(words('returned'), words('sum', { points: figure(points) }), 'bold'),
    // A balance of before would be taken for that of now.
    ...(balanceAfter === null || isReprint ? [] : balanceLines(balanceAfter, shelf, place.language)),
    RULE,
    text(words('by', { volunteer: receipt.volunteer })),
    text(words('entry', { number: receipt.journalNumber })),
    text(receipt.digits),
    ...footOf('keep', place),
  ];
}
