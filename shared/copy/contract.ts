import { z } from 'zod';
import { day, hundredths, id, instantMs, pieces } from '../fields.ts';
import { goodsItem } from '../goods/contract.ts';
import type { OperationsOf } from '../operation.ts';
import type { endpoints } from './endpoints.ts';

const mark = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .describe('The beginning of the hash of that entry, which tells a restored book from this one');

/** A household as a device may know it without network. It holds nothing by which a PIN could be tried. */
const copiedHousehold = z.object({
  id,
  number: z.string(),
  originalNumber: z.string().nullable().describe('In the village’s own papers, where it is another'),
  head: z.string().describe('Masked'),
  group: z.string(),
  search: z.string().describe('Pinyin and initials of the head, each with a space before it'),
  card: z
    .object({ hash: z.string(), issuedAtMs: instantMs })
    .nullable()
    .describe(
      'HMAC-SHA-256 of its valid card’s code under `cardKey`, 16 bytes; null for none, and for short codes',
    ),
  balance: hundredths,
  redeemedToday: hundredths.describe('What was undone included'),
  taken: z.array(z.object({ goodsId: id, pieces })).describe('This month, of items with a monthly limit'),
});
export type CopiedHousehold = z.infer<typeof copiedHousehold>;

/** A volunteer who may begin a shift now. */
const copiedVolunteer = z.object({
  id,
  name: z.string(),
  verifier: z.string().describe('Argon2id of the PIN, with its salt and cost'),
  mayVouch: z.boolean(),
  kin: z.array(id).describe('Own household and relatives’: another volunteer hands out to these'),
});
export type CopiedVolunteer = z.infer<typeof copiedVolunteer>;

const standing = {
  entry: z.int().min(0).describe('The last entry of the book that it knows'),
  mark,
  atMs: instantMs,
  day,
  rules: z.object({
    timeZone: z.string(),
    pinAbove: hundredths.nullable(),
    householdHundredths: hundredths.describe('The most for a household and day without network'),
    kioskHundredths: hundredths.describe(
      'The most that this kiosk hands out until the server is heard of again',
    ),
    copyDays: z.int().describe('A copy that is older is not used'),
  }),
  volunteers: z.array(copiedVolunteer),
  households: z.array(copiedHousehold),
};

const whole = z.object({
  ...standing,
  cardKey: z.string().describe('Another on each device'),
  goods: z.array(goodsItem),
});
export type WholeCopy = z.infer<typeof whole>;

const changes = z.object({
  ...standing,
  gone: z.array(id).describe('Households that the device no longer needs'),
  goods: z.array(goodsItem).nullable().describe('All of them; null: as they were, except `stock`'),
  stock: z.array(z.object({ goodsId: id, pieces })),
});
export type CopyChanges = z.infer<typeof changes>;

export const operations = {
  'copy.whole': {
    byItself: true,
    takes: 'kiosks.copied',
    slow: true,
    summary: 'The village as a kiosk keeps it for when there is no network; an act says so',
    summaryZh: '取一份全村的副本，供兑换台没网时用；办事记录里有一笔',
    access: 'copy.take',
    response: whole,
    errors: ['copy.off'],
  },
  'copy.changes': {
    byItself: true,
    summary: 'What changed in the copy since an entry',
    summaryZh: '取副本从某一笔以后的变动',
    access: 'copy.take',
    query: z.object({ since: z.coerce.number().int().min(0), mark, day }),
    response: changes,
    errors: ['copy.off', 'copy.begin_anew'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
