import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { id, hundredths, quantity, instantMs, pin, idParams, done } from '../fields.ts';
import { deskOperations, kioskInfo } from './desk-contract.ts';
import type { endpoints } from './endpoints.ts';
import { goodsItem } from '../goods/contract.ts';
import { passbookLine } from '../ledger/passbook.ts';
import { foundHousehold, recognitionOperations } from './recognition-contract.ts';
import { presenceToken, redemption } from './redemption-contract.ts';
import { returnOperations } from './returns-contract.ts';
import { slipOperations } from './slips-contract.ts';
import { countedItems } from './shift-counts.ts';
import { shiftOperations } from './shifts-contract.ts';

const origin = z.string().describe('http(s)://name or number, with the port where it is not the usual one');

export const operations = {
  ...deskOperations,
  ...returnOperations,
  ...slipOperations,
  ...shiftOperations,
  'kiosk.pair': {
    guessable: true,
    summary: 'Trade a pairing code for this device’s token',
    summaryZh: '用配对码换这台设备的令牌',
    access: 'kiosk.pair',
    body: z.object({ code: z.string().trim().max(20) }),
    response: z.object({ deviceToken: z.string(), kiosk: kioskInfo }),
    idempotent: false,
    errors: ['kiosk.pairing', 'auth.locked'],
  },
  'kiosk.state': {
    byItself: true,
    summary: 'This kiosk, its village, who may sign in, who is',
    summaryZh: '这台兑换台、所在的村、谁可以当班、谁在当班',
    access: 'kiosk.stand',
    response: z.object({
      kiosk: kioskInfo,
      village: z.object({
        id,
        name: z.string(),
        shopPhone: z.string().describe('Printed on slips; empty: none'),
        shopPlace: z.string().describe('How people find the shop, printed on slips; empty: not said'),
        hasPrinter: z.boolean().describe('A printer on the network prints slips'),
        withoutNetwork: z
          .object({
            householdHundredths: hundredths.describe('The most for a household and day'),
            kioskHundredths: hundredths.describe(
              'The most for this kiosk, all together, until it has heard of the server again',
            ),
            copyDays: z.int().describe('Nothing is handed out by an older copy of the village'),
          })
          .nullable()
          .describe('Null: nothing is handed out without network'),
      }),
      volunteers: z.array(z.object({ id, name: z.string(), mayVouch: z.boolean() })),
      shift: z
        .object({
          id,
          volunteer: z.string(),
          volunteerId: id,
          startedAtMs: instantMs,
          redemptions: z.int(),
          points: hundredths,
          households: z.int().describe('Served in this shift, what was undone left out'),
          pieces: z.int().describe('Handed out in this shift, what was undone left out'),
          undone: z.int().describe('Redemptions of this shift that were undone'),
          undonePoints: hundredths,
          returned: z.int().describe('Returns taken in this shift, whoever had handed out'),
          returnedPoints: hundredths,
          today: z
            .object({ redemptions: z.int(), points: hundredths })
            .describe('The volunteer’s own of this day, over all their shifts'),
        })
        .nullable(),
      opensAt: z
        .object({
          plain: origin.nullable().describe('The village’s address, as on cards; null: none was chosen'),
          secure: origin.nullable().describe('The same by https; null: https is not served there'),
        })
        .describe('Where the shop’s devices open this server: a page opened elsewhere moves there'),
      nowMs: instantMs.describe('The server’s clock'),
    }),
    errors: [],
  },
  'kiosk.signIn': {
    guessable: true,
    summary: 'Start a shift by PIN; answers the token for serving',
    summaryZh: '用密码开始当班；答复当班令牌',
    access: 'kiosk.stand',
    body: z.object({ volunteerId: id, pin }),
    response: z.object({ shiftToken: z.string(), shiftId: id, volunteer: z.string() }),
    idempotent: false,
    errors: ['auth.wrong', 'auth.locked', 'volunteer.unconfirmed'],
  },
  'kiosk.unlock': {
    untraced: 'It only reads',
    guessable: true,
    summary: 'The volunteer on duty types the PIN that opens a locked screen; the shift goes on',
    summaryZh: '当班志愿者输密码打开锁住的屏幕，当班不断',
    access: 'kiosk.serve',
    body: z.object({ pin }),
    response: done,
    idempotent: false,
    errors: ['auth.wrong', 'auth.locked'],
  },
  'kiosk.signOut': {
    summary: 'End the shift, with counts of some goods or without',
    summaryZh: '交班，可以带上数过的货，也可以不数',
    access: 'kiosk.serve',
    body: z.object({ counts: countedItems.optional() }),
    response: done,
    idempotent: false,
    errors: ['goods.not_found'],
  },
  'kiosk.goods': {
    byItself: true,
    summary: 'Goods that can be handed out',
    summaryZh: '可以兑换的商品',
    cache: 'private',
    access: 'kiosk.stand',
    response: z.object({ items: z.array(goodsItem) }),
    errors: [],
  },
  ...recognitionOperations,
  'kiosk.statement': {
    untraced: 'It only reads',
    summary: 'Balance and last ten lines, for who has no phone; by household only with its presence',
    summaryZh: '余额和最近十笔，给没有手机的人；按农户编号要先在这里认过',
    access: 'kiosk.stand',
    body: z.union([
      z.strictObject({ card: z.string().regex(/^\d{1,32}$/) }),
      z.strictObject({ number: z.string().trim().min(1).max(20), pin }),
      z.strictObject({ householdId: id, presence: presenceToken }),
    ]),
    response: z.object({
      household: foundHousehold,
      balance: hundredths,
      held: hundredths.describe('Set aside for reservations'),
      lines: z.array(passbookLine.omit({ bookedAtMs: true, bookedBy: true })),
      atMs: instantMs,
      printToken: z.string().describe('For printers.statement, on this kiosk, a few minutes'),
    }),
    idempotent: false,
    errors: [
      'card.unknown',
      'card.revoked',
      'household.not_found',
      'household.closed',
      'auth.wrong',
      'auth.locked',
      'redemption.absent',
      'kiosk.looked_often',
    ],
  },
  'kiosk.redeem': {
    summary: 'Hand out a basket: points, goods and cost move together or not at all',
    summaryZh: '兑换一篮商品：积分、商品和成本一起动，或都不动',
    access: 'kiosk.serve',
    body: z.object({
      householdId: id,
      lines: z
        .array(z.object({ goodsId: id, quantity }))
        .min(1)
        .max(50),
      expectedPoints: hundredths.describe(
        'The total shown on the screen; refused when prices have changed since',
      ),
      presence: presenceToken
        .optional()
        .describe('From kiosk.lookup, for this household; without one nothing is handed out'),
      pinProof: z
        .string()
        .max(1000)
        .optional()
        .describe('From kiosk.checkPin, without a card or above the village’s amount for a day'),
      vouchProofs: z
        .array(z.string().max(1000))
        .max(2)
        .optional()
        .describe(
          'From kiosk.vouch: two without card and PIN, one while card or PIN is new. One for less than the basket costs does not count',
        ),
    }),
    response: redemption,
    errors: [
      'village.not_open',
      'household.not_found',
      'household.closed',
      'redemption.own_household',
      'redemption.absent',
      'card.revoked',
      'goods.not_found',
      'goods.disabled',
      'goods.limit',
      'goods.price_changed',
      'redemption.pin_needed',
      'redemption.vouched_over',
      'redemption.second_needed',
      'redemption.empty',
      'ledger.points_short',
      'ledger.stock_short',
    ],
  },
  'kiosk.undo': {
    summary: 'Undo a redemption of this kiosk, within ten minutes and before the next',
    summaryZh: '撤销这台兑换台的一笔兑换，十分钟内且在下一笔之前',
    access: 'kiosk.serve',
    params: idParams,
    body: z.object({}),
    response: redemption,
    errors: [
      'redemption.not_found',
      'redemption.own_household',
      'redemption.undone',
      'redemption.partly_returned',
      'redemption.undo_late',
    ],
  },
  'kiosk.recent': {
    summary: 'The last redemptions of this kiosk',
    summaryZh: '这台兑换台最近的兑换',
    access: 'kiosk.serve',
    response: z.object({ items: z.array(redemption) }),
    errors: [],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { kioskInfo, volunteer } from './desk-contract.ts';
export { acts } from './acts.ts';
export { guarded } from './guarded.ts';
export { errorWords, tags } from './words.ts';
