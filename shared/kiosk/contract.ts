import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { id, hundredths, pieces, quantity, instantMs, required, pin, idParams, done } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { goodsItem } from '../goods/contract.ts';
import { passbookLine } from '../ledger/passbook.ts';

export const kioskInfo = z.object({
  id,
  name: z.string(),
  state: z.enum(['waiting', 'paired', 'revoked']),
  pairedAtMs: instantMs.nullable(),
  lastSeenAtMs: instantMs.nullable(),
});
export const volunteer = z.object({ id, name: z.string(), disabled: z.boolean() });
const pairingCode = z.object({ kiosk: kioskInfo, code: z.string(), expiresAtMs: instantMs });

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
  redeemedToday: hundredths.describe('By this household on any kiosk, what was undone left out'),
  pinAbove: hundredths
    .nullable()
    .describe('Above so many points in a day the PIN is needed, this basket included; null: never'),
});

/** A household as the counter's list of names shows it. */
const foundHousehold = z.object({
  id,
  number: z.string(),
  head: z.string().describe('Masked'),
  group: z.string(),
});

export const redemption = z.object({
  id,
  household: z.object({
    id,
    number: z.string(),
    head: z.string().describe('In full where a basket was just handed out, masked afterwards'),
  }),
  lines: z.array(
    z.object({ goodsId: id, name: z.string(), unit: z.string(), quantity: z.int(), price: hundredths }),
  ),
  points: hundredths,
  balanceAfter: hundredths.nullable().describe('Null in lists'),
  bookedAtMs: instantMs,
  journalNumber: z.int(),
  volunteer: z.string(),
  undone: z.boolean(),
  mayUndo: z.boolean(),
});

export const operations = {
  'kiosks.list': {
    summary: 'Kiosks of the shop',
    access: 'kiosk.read',
    response: z.object({ items: z.array(kioskInfo) }),
    errors: [],
  },
  'kiosks.create': {
    secret: true,
    summary: 'Add a kiosk; answers the code to type on it',
    access: 'kiosk.change',
    body: z.object({ name: required(30) }),
    response: pairingCode,
    errors: [],
  },
  'kiosks.update': {
    summary: 'Rename a kiosk',
    access: 'kiosk.change',
    params: idParams,
    body: z.object({ name: required(30) }),
    response: kioskInfo,
    errors: ['kiosk.not_found'],
  },
  'kiosks.newCode': {
    secret: true,
    summary: 'A new pairing code for a kiosk that was wiped or replaced; its old token ends',
    access: 'kiosk.change',
    params: idParams,
    body: z.object({}),
    response: pairingCode,
    errors: ['kiosk.not_found'],
  },
  'kiosks.revoke': {
    summary: 'Lock a kiosk out at once',
    access: 'kiosk.change',
    params: idParams,
    body: z.object({}),
    response: done,
    errors: ['kiosk.not_found'],
  },
  'volunteers.list': {
    summary: 'Shop volunteers',
    access: 'kiosk.read',
    response: z.object({ items: z.array(volunteer) }),
    errors: [],
  },
  'volunteers.create': {
    secret: true,
    summary: 'Add a volunteer; answers the PIN once',
    access: 'kiosk.change',
    body: z.object({ name: required(30) }),
    response: z.object({ volunteer, pin }),
    errors: ['volunteer.name_taken'],
  },
  'volunteers.update': {
    secret: true,
    summary: 'Disable, enable, or give a new PIN',
    access: 'kiosk.change',
    params: idParams,
    body: z.object({ disabled: z.boolean().optional(), newPin: z.literal(true).optional() }),
    response: z.object({ volunteer, pin: pin.nullable() }),
    errors: ['volunteer.not_found'],
  },
  'kiosk.pair': {
    summary: 'Trade a pairing code for this device’s token',
    access: 'kiosk.pair',
    body: z.object({ code: z.string().trim().max(20) }),
    response: z.object({ deviceToken: z.string(), kiosk: kioskInfo }),
    idempotent: false,
    errors: ['kiosk.pairing', 'auth.locked'],
  },
  'kiosk.state': {
    summary: 'This kiosk, its village, who may sign in, who is',
    access: 'kiosk.stand',
    response: z.object({
      kiosk: kioskInfo,
      village: z.object({ id, name: z.string() }),
      volunteers: z.array(z.object({ id, name: z.string() })),
      shift: z
        .object({
          id,
          volunteer: z.string(),
          startedAtMs: instantMs,
          redemptions: z.int(),
          points: hundredths,
          today: z
            .object({ redemptions: z.int(), points: hundredths })
            .describe('The volunteer’s own of this day, over all their shifts'),
        })
        .nullable(),
    }),
    errors: [],
  },
  'kiosk.signIn': {
    summary: 'Start a shift by PIN; answers the token for serving',
    access: 'kiosk.stand',
    body: z.object({ volunteerId: id, pin }),
    response: z.object({ shiftToken: z.string(), shiftId: id, volunteer: z.string() }),
    idempotent: false,
    errors: ['auth.wrong', 'auth.locked'],
  },
  'kiosk.signOut': {
    summary: 'End the shift',
    access: 'kiosk.serve',
    body: z.object({}),
    response: done,
    idempotent: false,
    errors: [],
  },
  'kiosk.goods': {
    summary: 'Goods that can be handed out',
    cache: 'private',
    access: 'kiosk.stand',
    response: z.object({ items: z.array(goodsItem) }),
    errors: [],
  },
  'kiosk.lookup': {
    summary: 'A household by card or by number; exact matches only',
    access: 'kiosk.serve',
    body: z.union([
      z.strictObject({ card: z.string().regex(/^\d{1,32}$/) }),
      z.strictObject({ number: z.string().trim().min(1).max(20) }),
    ]),
    response: kioskHousehold,
    idempotent: false,
    errors: ['card.unknown', 'card.revoked', 'household.not_found', 'household.closed', 'kiosk.looked_often'],
  },
  'kiosk.find': {
    summary: 'Households by name, pinyin or initials of the head: a few, masked',
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
    summary: 'A household’s PIN at the counter; answers a proof for one basket',
    access: 'kiosk.serve',
    body: z.object({ householdId: id, pin }),
    response: z.object({ proof: z.string(), expiresAtMs: instantMs }),
    idempotent: false,
    errors: ['auth.wrong', 'auth.locked', 'household.not_found', 'household.closed', 'household.no_pin'],
  },
  'kiosk.statement': {
    summary: 'Balance and last ten lines, for who has no phone; by household only while somebody is on duty',
    access: 'kiosk.stand',
    body: z.union([
      z.strictObject({ card: z.string().regex(/^\d{1,32}$/) }),
      z.strictObject({ number: z.string().trim().min(1).max(20), pin }),
      z.strictObject({ householdId: id }),
    ]),
    response: z.object({
      household: foundHousehold,
      balance: hundredths,
      held: hundredths.describe('Set aside for reservations'),
      lines: z.array(passbookLine.omit({ bookedAtMs: true, bookedBy: true })),
      atMs: instantMs,
    }),
    idempotent: false,
    errors: [
      'card.unknown',
      'card.revoked',
      'household.not_found',
      'household.closed',
      'auth.wrong',
      'auth.locked',
    ],
  },
  'kiosk.redeem': {
    summary: 'Hand out a basket: points, goods and cost move together or not at all',
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
      pinProof: z
        .string()
        .max(1000)
        .optional()
        .describe('From kiosk.checkPin, above the village’s amount for a day'),
    }),
    response: redemption,
    errors: [
      'household.not_found',
      'household.closed',
      'goods.not_found',
      'goods.disabled',
      'goods.limit',
      'goods.price_changed',
      'redemption.pin_needed',
      'redemption.empty',
      'ledger.points_short',
      'ledger.stock_short',
    ],
  },
  'kiosk.undo': {
    summary: 'Undo a redemption of this kiosk, within five minutes or until the next',
    access: 'kiosk.serve',
    params: idParams,
    body: z.object({}),
    response: redemption,
    errors: ['redemption.not_found', 'redemption.undo_late', 'redemption.undone'],
  },
  'kiosk.recent': {
    summary: 'The last redemptions of this kiosk',
    access: 'kiosk.serve',
    response: z.object({ items: z.array(redemption) }),
    errors: [],
  },
} as const satisfies OperationsOf<typeof endpoints>;
