import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import {
  id,
  hundredths,
  instantMs,
  day,
  line,
  required,
  pin,
  cardLastDigits,
  cursor,
  limit,
  idParams,
  pageOf,
  done,
} from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { passbookPage, passbookQuery } from '../ledger/passbook.ts';
import { phone } from '../me/phones.ts';
import { looksLikeAddress } from './address.ts';
import { ORIGINAL_NUMBER_MOST } from './original-number.ts';
import { PINS_AT_ONCE, SLIPS_AT_ONCE } from './pin-runs.ts';

export const householdNumber = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z\u4e00-\u9fff-]{1,20}$/);

export const household = z.object({
  id,
  number: householdNumber,
  originalNumber: z
    .string()
    .nullable()
    .describe('The number in the village’s own papers (SQ-0001), where it is another'),
  group: z.string(),
  head: z.string(),
  size: z.int().nullable(),
  phone: z.string().nullable(),
  note: z.string(),
  state: z.enum(['active', 'closed']),
  balance: hundredths,
  held: hundredths,
  card: z
    .object({
      lastDigits: cardLastDigits,
      issuedAtMs: instantMs,
      printedAtMs: instantMs.nullable().describe('When it was last put on a sheet; null: not printed yet'),
    })
    .nullable(),
  hasPin: z.boolean(),
  pinSetAtMs: instantMs
    .nullable()
    .describe('When the office gave it; null: it has none, or one of before this was noted'),
  showsName: z
    .boolean()
    .nullable()
    .describe('Agreed to be named in full in public; null: was not asked, so the name is masked'),
  closedAtMs: instantMs.nullable(),
  erasedAtMs: instantMs.nullable().describe('When all that said whose account it was has been erased'),
});
export type Household = z.infer<typeof household>;

const householdFields = {
  number: householdNumber.refine((number) => !looksLikeAddress(number)),
  originalNumber: required(ORIGINAL_NUMBER_MOST)
    .nullable()
    .describe('The number in the village’s own papers; finds the household where it means one alone'),
  group: line(30),
  head: required(40),
  size: z.int().min(1).max(30).nullable(),
  phone: z
    .string()
    .regex(/^[0-9-]{5,20}$/)
    .nullable(),
  note: line(200),
};

/** The filters of the list of households, and of its export. */
const householdFilters = {
  q: z.string().trim().max(60).optional(),
  group: z.string().max(30).optional(),
  state: z.enum(['active', 'closed']).optional().describe('Both when left out'),
  card: z
    .enum(['none', 'unprinted', 'printed'])
    .optional()
    .describe('No card, a card that was never put on a sheet, or one that was'),
  min: z.coerce.number().pipe(hundredths).optional().describe('Balance from; hundredths'),
  max: z.coerce.number().pipe(hundredths).optional().describe('Balance up to; hundredths'),
};

const sort = z.enum(['number', 'balance', 'balanceDown']).default('number');

/** A proposed change of a household. */
export const householdChange = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('split'),
    fresh: z.object({
      number: householdFields.number.optional().describe('The next free number when left out'),
      group: householdFields.group,
      head: householdFields.head,
      size: householdFields.size.optional(),
      phone: householdFields.phone.optional(),
    }),
    points: hundredths.min(0).describe('What the new household takes along; hundredths, may be 0'),
    reason: required(200),
  }),
  z.strictObject({
    kind: z.literal('merge'),
    intoId: id.describe('The household that goes on and gets the whole balance'),
    reason: required(200),
  }),
  z.strictObject({
    kind: z.literal('departure'),
    toId: id.nullable().describe('Who gets the balance; null: it ends with the account'),
    reason: required(200),
  }),
]);
export type HouseholdChangeBody = z.input<typeof householdChange>;

/** A household as others are shown it. */
export const householdName = z.object({ id, number: z.string(), head: z.string(), group: z.string() });

export const operations = {
  'households.list': {
    summary: 'Households by number, name or pinyin initials, narrowed by group, state, card and balance',
    summaryZh: '按户号、姓名或拼音首字母找农户',
    access: 'household.read',
    query: z.object({
      ...householdFilters,
      sort,
      after: cursor.regex(/^-?\d{1,15}:./u).optional(),
      limit: limit.default(50),
    }),
    response: pageOf(household).extend({
      total: z.int(),
      points: z.int().describe('Sum of the balances of all that were found; hundredths'),
    }),
    errors: [],
  },
  'households.export': {
    slow: true,
    takes: 'households.exported',
    summary: 'The households found, as a table for a spreadsheet',
    summaryZh: '找到的农户，做成表格',
    access: 'household.change',
    params: z.object({ format: z.enum(['csv', 'xlsx']) }),
    query: z.object({ ...householdFilters, sort }),
    response: 'binary',
    files: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    errors: [],
  },
  'households.groups': {
    summary: 'Village groups with their number of households',
    summaryZh: '村民小组和各组户数',
    access: 'household.read',
    response: z.object({ items: z.array(z.object({ name: z.string(), households: z.int() })) }),
    errors: [],
  },
  'households.nextNumber': {
    summary: 'The number that the next household gets if none is chosen',
    summaryZh: '下一户不另选户号时得到的户号',
    access: 'household.read',
    response: z.object({ number: householdNumber }),
    errors: [],
  },
  'households.makePins': {
    summary:
      'Make PINs for some households, to be printed for a day by the same person; phone log-ins of replaced PINs end',
    summaryZh: '成批给农户做密码，一天内由同一个人打印；换掉旧密码的，手机登录随之结束',
    access: 'card.issue',
    body: z.object({
      householdIds: z.array(id).min(1).max(PINS_AT_ONCE),
      replace: z.boolean().describe('False: households that have a PIN keep it'),
    }),
    response: z.object({
      made: z.int(),
      kept: z.int().describe('Left as they are: they have a PIN, or are closed'),
    }),
    errors: ['household.not_found'],
  },
  'households.pinSlips': {
    summary: 'Whose PINs this caller made within a day and has not taken out yet',
    summaryZh: '本人一天内做了、还没取出的密码是哪几户的',
    access: 'card.issue',
    response: z.object({ items: z.array(z.object({ householdId: id, madeAtMs: instantMs })) }),
    errors: [],
  },
  'households.takePinSlips': {
    secret: true,
    summary:
      'Take these PINs out to be printed on sealed slips: the only place where one can be read, and once',
    summaryZh: '取出这些密码，印成密封的密码条；只有这里读得到，而且只有一次',
    access: 'card.issue',
    body: z.object({ householdIds: z.array(id).min(1).max(SLIPS_AT_ONCE) }),
    response: z.object({
      items: z.array(z.object({ householdId: id, pin, madeAtMs: instantMs })),
    }),
    errors: [],
  },
  'households.create': {
    summary: 'Add a household; it gets its account and a card',
    summaryZh: '添加农户；同时得到账户和卡片',
    access: 'household.change',
    body: z.object({
      number: householdFields.number.optional().describe('The next free number when left out'),
      originalNumber: householdFields.originalNumber.optional(),
      group: householdFields.group,
      head: householdFields.head,
      size: householdFields.size.optional(),
      phone: householdFields.phone.optional(),
      note: householdFields.note.optional(),
    }),
    response: household,
    errors: ['household.number_taken'],
  },
  'households.get': {
    summary: 'One household',
    summaryZh: '一户',
    access: 'household.read',
    params: idParams,
    response: household.extend({
      successor: householdName.nullable().describe('Where its points went when it was closed'),
      newSince: z
        .object({ what: z.enum(['card', 'pin']), sinceMs: instantMs })
        .nullable()
        .describe('Its new card or PIN, which the shop takes only with a second volunteer; null: neither'),
    }),
    errors: ['household.not_found'],
  },
  'households.update': {
    summary: 'Correct a household’s data',
    summaryZh: '更正农户资料',
    access: 'household.change',
    params: idParams,
    body: z.object({ ...householdFields, showsName: z.boolean().nullable() }).partial(),
    response: household,
    errors: ['household.not_found', 'household.number_taken', 'household.erased', 'change.needs_second'],
  },
  'households.passbook': {
    summary: 'The household’s lines, newest first',
    summaryZh: '这一户的存折，最新的在前',
    access: 'household.read',
    params: idParams,
    query: passbookQuery,
    response: passbookPage,
    errors: ['household.not_found'],
  },
  'households.balanceOn': {
    summary: 'Balance at the end of a day',
    summaryZh: '某一天结束时的余额',
    access: 'household.read',
    params: idParams,
    query: z.object({ on: day }),
    response: z.object({ on: day, balance: hundredths }),
    errors: ['household.not_found'],
  },
  'households.resetPin': {
    summary: 'The household types a new PIN at the desk; its phone log-ins end',
    summaryZh: '农户在办公室自己输入新密码；手机登录随之结束',
    access: 'card.issue',
    params: idParams,
    body: z.object({ pin: pin.describe('Typed by the household itself') }),
    response: done,
    idempotent: false,
    errors: ['household.not_found', 'household.closed', 'auth.weak_pin'],
  },
  'households.reopen': {
    summary:
      'Open a closed household again, empty and with a new card; its points come back by a reversal only',
    summaryZh: '重新开户：余额为零，发新卡；积分只能靠冲正回来',
    access: 'household.change',
    params: idParams,
    body: z.object({}),
    response: household,
    errors: ['household.not_found', 'household.open', 'household.erased'],
  },
  'households.phones': {
    summary: 'Phones that can see this passbook, the household’s own and helpers’',
    summaryZh: '看得到这本存折的手机，自家的和帮忙的',
    access: 'card.stop',
    params: idParams,
    response: z.object({ items: z.array(phone) }),
    errors: ['household.not_found'],
  },
  'households.endPhone': {
    summary: 'End the log-in of one of these phones',
    summaryZh: '结束其中一部手机的登录',
    access: 'card.stop',
    params: z.object({ id, phoneId: id }),
    body: z.object({}),
    response: done,
    errors: ['household.not_found', 'phone.not_found'],
  },
  'households.issueCard': {
    summary: 'Issue a card; an earlier one stops working, and the household’s log-ins on phones end',
    summaryZh: '发卡；旧卡随即作废，这户手机上的登录随之结束',
    access: 'card.issue',
    params: idParams,
    body: z.object({}),
    response: z.object({ lastDigits: cardLastDigits.describe('Its code stands on the print sheet alone') }),
    errors: ['household.not_found', 'household.closed'],
  },
  'households.revokeCard': {
    summary: 'Stop the card without issuing another',
    summaryZh: '停用卡片，不发新卡',
    access: 'card.stop',
    params: idParams,
    body: z.object({}),
    response: done,
    errors: ['household.not_found', 'card.unknown'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { guarded } from './guarded.ts';
export { errorWords, tags } from './words.ts';
