import { z } from 'zod';
import { BODY_BYTES_MAX, type OperationsOf } from '../operation.ts';
import { cardCode, cardLastDigits, id, instantMs } from '../fields.ts';
import { CODES_AT_ONCE } from './codes-at-once.ts';
import type { endpoints } from './endpoints.ts';
import { householdName } from '../households/contract.ts';

export const operations = {
  'cards.list': {
    summary: 'Valid cards in the order of household numbers, without their codes',
    summaryZh: '有效的卡片，按户号排；不含卡号',
    access: 'card.issue',
    query: z.object({
      group: z.string().max(30).optional(),
      printed: z.stringbool().optional(),
      householdId: id.optional(),
    }),
    response: z.object({
      publicUrl: z
        .string()
        .nullable()
        .describe('Where phones reach this server: as the village chose, else as the server was told'),
      items: z.array(
        z.object({
          household: householdName,
          lastDigits: cardLastDigits,
          issuedAtMs: instantMs,
          printedAtMs: instantMs.nullable(),
          hasPin: z.boolean(),
        }),
      ),
    }),
    errors: [],
  },
  'cards.sheet': {
    secret: true,
    summary: 'Take out the codes of these households’ valid cards, to print them; each household sees it',
    summaryZh: '取出这些户的卡号，供打印；每户都看得到这一笔',
    access: 'card.issue',
    body: z.object({ householdIds: z.array(id).min(1).max(CODES_AT_ONCE) }),
    response: z.object({
      items: z.array(
        z.object({
          householdId: id,
          issuedAtMs: instantMs,
          code: cardCode,
          url: z.string().describe('What the QR holds; relative where the public address is not known'),
        }),
      ),
    }),
    errors: [],
  },
  'cards.markPrinted': {
    bodyBytesMax: BODY_BYTES_MAX.batch,
    summary: 'Note that these cards have been printed; cards that are no longer valid are passed over',
    summaryZh: '记下这些卡片打印过了；已作废的跳过',
    access: 'card.issue',
    body: z.object({
      cards: z
        .array(
          z.object({
            householdId: id,
            issuedAtMs: instantMs.describe('Tells this card from a later one of the household'),
          }),
        )
        .min(1)
        .max(1200),
    }),
    response: z.object({ marked: z.int() }),
    errors: [],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
