import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { day, entryNumber, hundredths, id, idParams, instantMs, quantity } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { presenceToken, redemption } from './redemption-contract.ts';

const returnLines = z
  .array(z.object({ goodsId: id, quantity }))
  .min(1)
  .max(50);

/** A return, as its slip says it. */
export const goodsReturn = z.object({
  id,
  redemption: z.object({ id, journalNumber: entryNumber }),
  household: z.object({ id, number: z.string(), head: z.string().describe('Masked') }),
  lines: z.array(
    z.object({ goodsId: id, name: z.string(), unit: z.string(), quantity: z.int(), price: hundredths }),
  ),
  points: hundredths.describe('Given back to the household'),
  balanceAfter: hundredths.nullable().describe('Null where the return moved no points'),
  bookedAtMs: instantMs,
  journalNumber: entryNumber,
  digits: z.string().describe('The first sixteen digits of its entry’s hash, in fours'),
});

type OfReturns = Extract<
  keyof typeof endpoints,
  'kiosk.slip' | 'kiosk.return' | 'redemptions.find' | 'redemptions.return'
>;

/** Goods that come back: at the counter on the day of the slip, at the desk by two people for a month. */
export const returnOperations = {
  'kiosk.slip': {
    untraced: 'It only reads',
    summary: 'A redemption of this day by the number on its slip, of any kiosk of the village',
    summaryZh: '按小票上的凭证号查今天的一笔兑换，本村哪台兑换台的都行',
    access: 'kiosk.serve',
    body: z.object({ number: entryNumber.describe('Of its entry') }),
    response: redemption,
    idempotent: false,
    errors: ['redemption.not_found', 'redemption.return_late', 'kiosk.looked_often'],
  },
  'kiosk.return': {
    summary:
      'Take goods of a redemption of this day back, with the household’s card: points, pieces and cost',
    summaryZh: '当天的兑换退货，要刷这户的卡：积分、件数和成本一起退',
    access: 'kiosk.serve',
    params: idParams,
    body: z.object({
      lines: returnLines,
      presence: presenceToken.describe('From kiosk.lookup by the card of this household'),
    }),
    response: goodsReturn.extend({ volunteer: z.string() }),
    errors: [
      'redemption.not_found',
      'redemption.own_household',
      'household.closed',
      'redemption.absent',
      'redemption.card_needed',
      'card.revoked',
      'redemption.return_late',
      'redemption.undone',
      'goods.not_found',
      'redemption.returned',
      'redemption.nothing_returned',
    ],
  },
  'redemptions.find': {
    summary: 'A redemption by the number of its entry, with what came back of it',
    summaryZh: '按凭证号查一笔兑换，和已经退了多少',
    access: 'redemption.read',
    query: z.object({ number: z.coerce.number<number>().pipe(entryNumber) }),
    response: redemption.extend({
      effectiveOn: day,
      returnableUntil: day.describe('The last day on which something of it may be taken back'),
    }),
    errors: ['redemption.not_found'],
  },
  'redemptions.return': {
    summary:
      'Take goods of an earlier redemption back. Hand it in (changes.propose), so that a second person agrees',
    summaryZh: '以前的兑换退货。要先提交，由第二个人同意',
    access: 'redemption.return',
    params: idParams,
    body: z.object({ lines: returnLines }),
    response: goodsReturn,
    errors: [
      'redemption.not_found',
      'household.closed',
      'redemption.return_over',
      'redemption.undone',
      'goods.not_found',
      'redemption.returned',
      'redemption.nothing_returned',
      'change.needs_second',
    ],
  },
} as const satisfies OperationsOf<Pick<typeof endpoints, OfReturns>>;
