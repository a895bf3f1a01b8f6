import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { id, instantMs, cardCode, idParams, done } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { householdName } from '../households/contract.ts';

export const operations = {
  'households.issueCard': {
    summary: 'Issue a card; an earlier one stops working',
    summaryZh: '发卡；旧卡随即作废',
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
    summaryZh: '停用卡片，不发新卡',
    access: 'card.issue',
    params: idParams,
    body: z.object({}),
    response: done,
    errors: ['household.not_found', 'card.unknown'],
  },
  'cards.list': {
    summary: 'Valid cards in the order of household numbers, for printing',
    summaryZh: '有效的卡片，按户号排，供打印',
    access: 'card.issue',
    query: z.object({
      group: z.string().max(30).optional(),
      printed: z.stringbool().optional(),
      householdId: id.optional(),
    }),
    response: z.object({
      publicUrl: z.string().nullable().describe('Where phones reach this server, if it was told'),
      items: z.array(
        z.object({
          household: householdName,
          code: cardCode,
          url: z.string().describe('What the QR holds; relative where the public address is not known'),
          issuedAtMs: instantMs,
          printedAtMs: instantMs.nullable(),
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
