import { z } from 'zod';
import type { Operation } from './define.ts';
import {
  cardCode,
  cursor,
  day,
  done,
  hundredths,
  id,
  idParams,
  limit,
  line,
  pageOf,
  pin,
  required,
} from './fields.ts';
import { passbookPage, passbookQuery } from './ledger.ts';
import { phone } from './phones.ts';

export const householdNumber = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z\u4e00-\u9fff-]{1,20}$/);

export const household = z.object({
  id,
  number: householdNumber,
  group: z.string(),
  head: z.string(),
  size: z.int().nullable(),
  phone: z.string().nullable(),
  note: z.string(),
  state: z.enum(['active', 'closed']),
  balance: hundredths,
  held: hundredths,
  card: z.object({ code: cardCode, issuedAtMs: z.int() }).nullable(),
  hasPin: z.boolean(),
});
export type Household = z.infer<typeof household>;

const householdFields = {
  number: householdNumber,
  group: line(30),
  head: required(40),
  size: z.int().min(1).max(30).nullable(),
  phone: z
    .string()
    .regex(/^[0-9-]{5,20}$/)
    .nullable(),
  note: line(200),
};

export const householdsOperations = {
  'households.list': {
    summary: 'Households by number, name or pinyin initials',
    access: 'household.read',
    query: z.object({
      q: z.string().trim().max(60).optional(),
      group: z.string().max(30).optional(),
      after: cursor.regex(/^[01]:./u).optional(),
      limit: limit.default(50),
    }),
    response: pageOf(household).extend({ total: z.int() }),
    errors: [],
  },
  'households.groups': {
    summary: 'Village groups with their number of households',
    access: 'household.read',
    response: z.object({ items: z.array(z.object({ name: z.string(), households: z.int() })) }),
    errors: [],
  },
  'households.create': {
    summary: 'Add a household; it gets its account and a card',
    access: 'household.change',
    body: z.object({
      number: householdFields.number.optional().describe('The next free number when left out'),
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
    access: 'household.read',
    params: idParams,
    response: household.extend({
      cardUrl: z
        .string()
        .nullable()
        .describe('What the QR of its card holds; relative where the server was not told its public address'),
    }),
    errors: ['household.not_found'],
  },
  'households.update': {
    summary: 'Correct a household’s data',
    access: 'household.change',
    params: idParams,
    body: z.object(householdFields).partial(),
    response: household,
    errors: ['household.not_found', 'household.number_taken'],
  },
  'households.passbook': {
    summary: 'The household’s lines, newest first',
    access: 'household.read',
    params: idParams,
    query: passbookQuery,
    response: passbookPage,
    errors: ['household.not_found'],
  },
  'households.balanceOn': {
    summary: 'Balance at the end of a day',
    access: 'household.read',
    params: idParams,
    query: z.object({ on: day }),
    response: z.object({ on: day, balance: hundredths }),
    errors: ['household.not_found'],
  },
  'households.issueCard': {
    summary: 'Issue a card; an earlier one stops working',
    access: 'card.issue',
    params: idParams,
    body: z.object({}),
    response: z.object({
      code: cardCode,
      url: z.string().describe('What the card’s QR holds: opens /me on any phone'),
    }),
    errors: ['household.not_found', 'household.closed'],
  },
  'households.revokeCard': {
    summary: 'Stop the card without issuing another',
    access: 'card.issue',
    params: idParams,
    body: z.object({}),
    response: done,
    errors: ['household.not_found', 'card.unknown'],
  },
  'households.resetPin': {
    secret: true,
    summary: 'Give the household a new PIN, shown once; its phone log-ins end',
    access: 'card.issue',
    params: idParams,
    body: z.object({}),
    response: z.object({ pin }),
    errors: ['household.not_found'],
  },
  'households.phones': {
    summary: 'Phones that can see this passbook, the household’s own and helpers’',
    access: 'card.issue',
    params: idParams,
    response: z.object({ items: z.array(phone) }),
    errors: ['household.not_found'],
  },
  'households.endPhone': {
    summary: 'End the log-in of one of these phones',
    access: 'card.issue',
    params: z.object({ id, phoneId: id }),
    body: z.object({}),
    response: done,
    errors: ['household.not_found', 'phone.not_found'],
  },
} as const satisfies Record<string, Operation>;
