import { z } from 'zod';
import { hundredths, instantMs, day, entryNumber, cursor, limit, pageOf } from '../fields.ts';
import { entryKind } from './entry-kinds.ts';

/** Free text of an entry, kept outside the sealed bytes. `erased` once it has been removed on request. */
export const entryText = z.object({
  title: z.string(),
  note: z.string(),
  erased: z.boolean(),
});

export const passbookLine = z.object({
  number: entryNumber,
  kind: entryKind,
  effectiveOn: day,
  bookedAtMs: instantMs,
  amount: hundredths,
  balanceAfter: hundredths,
  text: entryText,
  bookedBy: z.string().describe('Display name; masked outside the office'),
  reversedBy: entryNumber.nullable(),
  witnessed: z
    .object({
      why: z.enum(['vouched', 'new']).describe('It showed neither card nor PIN; or its card or PIN was new'),
      names: z.array(z.string()).describe('Masked outside the office'),
    })
    .nullable()
    .describe('The volunteers who typed their PINs for the household'),
  asked: hundredths
    .optional()
    .describe('What a deduction was to take, where the household had less. Missing from all other lines'),
  withoutNetwork: z
    .object({
      atMs: instantMs.describe('When it was done. The line may count on a later day'),
      marks: z
        .array(z.object({ zh: z.string(), en: z.string() }))
        .describe('Each rule that stood against it when the server heard of it'),
    })
    .optional()
    .describe('It was done before the server heard of it. Missing from all other lines'),
});
export type PassbookLine = z.infer<typeof passbookLine>;
export const passbookPage = pageOf(passbookLine);
export const month = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)
  .describe('A month of business days, YYYY-MM');

/** Sums of one month of a passbook. Lines booked late stand in the month they were booked in. */
export const passbookMonth = z.object({
  month,
  lines: z.int(),
  gained: hundredths,
  spent: hundredths.describe('Zero or below'),
});
export const passbookMonths = z.object({ items: z.array(passbookMonth), next: month.nullable() });

export const passbookQuery = z.object({ before: cursor.optional(), limit: limit.default(20) });
