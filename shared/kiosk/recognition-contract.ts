import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { hundredths, id, instantMs, pieces, pin, required } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { presenceToken } from './redemption-contract.ts';

export const kioskHousehold = z.object({
  id,
  number: z.string(),
  head: z.string(),
  group: z.string(),
  balance: hundredths,
  /** Pieces each limited item may still be handed out this month. */
  remaining: z.array(z.object({ goodsId: id, pieces })),
  pin: z.object({
    isSet: z.boolean(),
    waitSeconds: z.int().describe('After wrong PINs at the counter; 0: may be tried now'),
  }),
  redeemedToday: hundredths.describe('By this household on any kiosk, what was undone included'),
  pinAbove: hundredths
    .nullable()
    .describe('Above so many points in a day the PIN is needed, this basket included; null: never'),
  newSince: z
    .object({ what: z.enum(['card', 'pin']), sinceMs: instantMs })
    .nullable()
    .describe('Its new card or PIN, for a day: another volunteer’s PIN is needed too'),
  vouching: z
    .object({ left: hundredths.describe('This month') })
    .nullable()
    .describe('Two volunteers may vouch for it, as it has no PIN; null: they may not'),
});

/** How the household was recognised. A redemption carries the token. */
const presence = z.object({
  token: z.string().describe('Counts on this kiosk, in this shift, for this household'),
  how: z.enum(['card', 'number']).describe('By its number alone the household has to give its PIN'),
  expiresAtMs: instantMs,
});

/** A household as the counter's list of names shows it. */
export const foundHousehold = z.object({
  id,
  number: z.string(),
  head: z.string().describe('Masked'),
  group: z.string(),
});

type OfRecognition = 'kiosk.lookup' | 'kiosk.find' | 'kiosk.checkPin' | 'kiosk.vouch';

/** The ways in which a household is recognised at the counter. */
export const recognitionOperations = {
  'kiosk.lookup': {
    untraced: 'It only reads',
    summary: 'A household by card or by number; exact matches only',
    summaryZh: '按卡片或户号查一户；必须完全一致',
    access: 'kiosk.serve',
    body: z.union([
      z.strictObject({ card: z.string().regex(/^\d{1,32}$/) }),
      z.strictObject({ number: z.string().trim().min(1).max(20) }),
    ]),
    response: kioskHousehold.extend({ presence }),
    idempotent: false,
    errors: ['card.unknown', 'card.revoked', 'household.not_found', 'household.closed', 'kiosk.looked_often'],
  },
  'kiosk.find': {
    untraced: 'It only reads',
    summary: 'Households by name, pinyin or initials of the head: a few, masked',
    summaryZh: '按户主姓名、拼音或首字母找几户，打码',
    access: 'kiosk.serve',
    body: z.object({ name: required(30) }),
    response: z.object({
      items: z.array(foundHousehold),
      more: z.boolean().describe('There are others: say more of the name'),
    }),
    idempotent: false,
    errors: ['kiosk.looked_often'],
  },
  'kiosk.checkPin': {
    untraced: 'It only reads',
    summary: 'A household’s PIN at the counter; answers a proof for one basket',
    summaryZh: '在柜台输农户的密码；答复一篮可用的凭据',
    access: 'kiosk.serve',
    body: z.object({
      householdId: id,
      pin,
      presence: presenceToken.optional().describe('From kiosk.lookup; without one the access is counted'),
    }),
    response: z.object({ proof: z.string(), expiresAtMs: instantMs }),
    idempotent: false,
    errors: [
      'auth.wrong',
      'auth.locked',
      'household.not_found',
      'household.closed',
      'household.no_pin',
      'kiosk.looked_often',
    ],
  },
  'kiosk.vouch': {
    untraced: 'It only reads',
    summary: 'A volunteer’s own PIN for a household at the counter; answers a proof for its next basket',
    summaryZh: '志愿者输自己的密码，替柜台前的一户作证；答复下一篮可用的凭据',
    access: 'kiosk.serve',
    body: z.object({
      householdId: id,
      presence: presenceToken.describe('From kiosk.lookup'),
      volunteerId: id,
      pin: pin.describe('The volunteer’s'),
      points: hundredths.describe('The most that the basket may cost: the volunteer agrees to no more'),
    }),
    response: z.object({
      proof: z.string(),
      volunteerId: id,
      points: hundredths.describe('For a basket that costs no more'),
      expiresAtMs: instantMs,
    }),
    idempotent: false,
    errors: [
      'redemption.absent',
      'auth.wrong',
      'auth.locked',
      'volunteer.unconfirmed',
      'redemption.own_household',
      'kiosk.looked_often',
    ],
  },
} as const satisfies OperationsOf<Pick<typeof endpoints, OfRecognition>>;
