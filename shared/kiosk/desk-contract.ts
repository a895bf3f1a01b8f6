import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { AMOUNT_MAX } from '../points.ts';
import { id, hundredths, instantMs, required, pin, idParams, done } from '../fields.ts';
import type { endpoints } from './endpoints.ts';

export const kioskInfo = z.object({
  id,
  name: z.string(),
  state: z.enum(['waiting', 'paired', 'revoked']),
  pairedAtMs: instantMs.nullable(),
  lastSeenAtMs: instantMs.nullable(),
});
export const volunteer = z.object({
  id,
  name: z.string(),
  disabled: z.boolean(),
  householdIds: z.array(id).describe('Own household and relatives’: another volunteer hands out to these'),
  confirmed: z
    .boolean()
    .describe('Typed the PIN before a second person of the staff: may serve, and vouch for households'),
  unconfirmedBy: id.nullable().describe('Who made what waits to be confirmed: somebody else confirms it'),
});
const householdIds = z.array(id).max(50);

/** The figures of a volunteer over the last thirty days. */
const volunteerFigures = z.object({
  redemptions: z.int().describe('Handed out, what was undone left out'),
  points: hundredths,
  undone: z.int().describe('Undone by this volunteer, whoever had handed out'),
  undonePoints: hundredths,
  returned: z.int().describe('Returns taken at the counter by this volunteer, whoever had handed out'),
  returnedPoints: hundredths,
});
const pairingCode = z.object({ kiosk: kioskInfo, code: z.string(), expiresAtMs: instantMs });

type AtDesk = Extract<keyof typeof endpoints, `kiosks.${string}` | `volunteers.${string}`>;

/** Kiosks and volunteers, as the desk manages them. */
export const deskOperations = {
  'kiosks.list': {
    summary: 'Kiosks of the shop',
    summaryZh: '商店的兑换台',
    access: 'kiosk.read',
    response: z.object({ items: z.array(kioskInfo) }),
    errors: [],
  },
  'kiosks.pinShare': {
    summary: 'How many days of redeeming, over twelve months, stay under an amount of points',
    summaryZh: '过去一年里，有多少个兑换日没有超过某个积分数',
    access: 'kiosk.read',
    query: z.object({ above: z.coerce.number<number>().int().min(0).max(AMOUNT_MAX).describe('Hundredths') }),
    response: z.object({
      days: z.int().describe('A household that redeems on a day is one, what was undone included'),
      under: z.int().describe('Of those, on which it redeemed no more than this'),
    }),
    errors: [],
  },
  'kiosks.create': {
    secret: true,
    summary: 'Add a kiosk; answers the code to type on it',
    summaryZh: '添加兑换台；答复要在上面输入的配对码',
    access: 'kiosk.change',
    body: z.object({ name: required(30) }),
    response: pairingCode,
    errors: [],
  },
  'kiosks.update': {
    summary: 'Rename a kiosk',
    summaryZh: '给兑换台改名',
    access: 'kiosk.change',
    params: idParams,
    body: z.object({ name: required(30) }),
    response: kioskInfo,
    errors: ['kiosk.not_found'],
  },
  'kiosks.newCode': {
    secret: true,
    summary: 'A new pairing code for a kiosk that was wiped or replaced; its old token ends',
    summaryZh: '给清空或更换的兑换台新的配对码；旧令牌失效',
    access: 'kiosk.change',
    params: idParams,
    body: z.object({}),
    response: pairingCode,
    errors: ['kiosk.not_found'],
  },
  'kiosks.revoke': {
    summary: 'Lock a kiosk out at once',
    summaryZh: '立即停用一台兑换台',
    access: 'kiosk.change',
    params: idParams,
    body: z.object({}),
    response: done,
    errors: ['kiosk.not_found'],
  },
  'kiosks.allowNew': {
    summary:
      'Let a household use its new card or PIN at once. Hand it in (changes.propose), so that a second person agrees',
    summaryZh: '让一户的新卡、新密码马上能用。要先提交，由第二个人同意',
    access: 'household.change',
    params: idParams,
    body: z.object({}),
    response: done,
    errors: ['household.not_found', 'kiosk.nothing_new', 'change.needs_second'],
  },
  'volunteers.list': {
    summary: 'Shop volunteers',
    summaryZh: '商店志愿者',
    access: 'kiosk.read',
    response: z.object({
      items: z.array(
        volunteer.extend({
          month: volunteerFigures,
          mayConfirm: z.boolean().describe('Waits to be confirmed, and this caller may do it'),
        }),
      ),
    }),
    errors: [],
  },
  'volunteers.create': {
    secret: true,
    summary: 'Add a volunteer; answers the PIN once',
    summaryZh: '添加志愿者；密码只答复一次',
    access: 'kiosk.change',
    body: z.object({ name: required(30), householdIds: householdIds.default([]) }),
    response: z.object({ volunteer, pin }),
    errors: ['volunteer.name_taken', 'household.not_found'],
  },
  'volunteers.update': {
    secret: true,
    summary: 'Disable, enable, give a new PIN, or declare households',
    summaryZh: '停用、启用、给新的密码，或登记本户和亲属户',
    access: 'kiosk.change',
    params: idParams,
    body: z.object({
      disabled: z.boolean().optional(),
      newPin: z.literal(true).optional(),
      householdIds: householdIds.optional(),
    }),
    response: z.object({ volunteer, pin: pin.nullable() }),
    errors: ['volunteer.not_found', 'household.not_found'],
  },
  'volunteers.confirm': {
    summary:
      'The volunteer types a PIN of their own before an approver, and may serve and vouch from then on',
    summaryZh: '志愿者在另一位工作人员面前自己输入密码，从此可以上班，也可以替农户作证',
    access: 'volunteer.confirm',
    params: idParams,
    body: z.object({
      currentPin: pin.describe(
        'The PIN until now, typed by the volunteer: the one they were given, if they have no own yet',
      ),
      pin: pin.describe('Another one, of the volunteer’s own'),
    }),
    response: volunteer,
    idempotent: false,
    errors: [
      'volunteer.not_found',
      'volunteer.nothing_to_confirm',
      'volunteer.confirm_own',
      'auth.wrong',
      'auth.locked',
      'auth.weak_pin',
      'volunteer.same_pin',
    ],
  },
} as const satisfies OperationsOf<Pick<typeof endpoints, AtDesk>>;
