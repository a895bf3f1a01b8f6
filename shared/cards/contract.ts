import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { cardCode, id, instantMs } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { householdName } from '../households/contract.ts';

export const operations = {
  'cards.list': {
    takes: 'cards.listed',
    summary: 'Valid cards in the order of household numbers, for printing',
    summaryZh: '有效的卡片，按户号排，供打印',
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
          code: cardCode,
          url: z.string().describe('What the QR holds; relative where the public address is not known'),
          issuedAtMs: instantMs,
          printedAtMs: instantMs.nullable(),
          hasPin: z.boolean(),
        }),
      ),
    }),
    errors: [],
  },
  'cards.markPrinted': {
    summary: 'Note that these cards have been printed; cards that are no longer valid are passed over',
    summaryZh: '记下这些卡片打印过了；已作废的跳过',
    access: 'card.issue',
    body: z.object({ codes: z.array(cardCode).min(1).max(1200) }),
    response: z.object({ marked: z.int() }),
    errors: [],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
