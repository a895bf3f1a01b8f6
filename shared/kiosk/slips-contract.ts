import { z } from 'zod';
import { entryNumber, instantMs } from '../fields.ts';
import { entryKind } from '../ledger/entry-kinds.ts';
import type { OperationsOf } from '../operation.ts';
import type { endpoints } from './endpoints.ts';

/** The entries before a redemption on each of its accounts. */
export const slipsBeside = z.object({
  accounts: z.array(
    z.object({
      item: z
        .object({ name: z.string(), unit: z.string() })
        .nullable()
        .describe('Null: the household’s points'),
      lines: z.array(
        z.object({
          number: entryNumber,
          kind: entryKind,
          title: z.string(),
          amount: z.int().describe('Hundredths of a point, or pieces'),
          balanceAfter: z.int(),
          bookedAtMs: instantMs,
          kiosk: z.string().nullable().describe('Null: no kiosk did it'),
          volunteer: z.string().nullable(),
        }),
      ),
      more: z.boolean().describe('There are older ones, which are not shown'),
    }),
  ),
});

export const slipOperations = {
  'redemptions.beside': {
    summary:
      'The entries that moved the points and the pieces of a redemption since its device last knew the book',
    summaryZh: '一笔兑换的积分和每样商品，从设备最后知道的账以来都动过哪几笔',
    access: 'redemption.read',
    query: z.object({
      entry: z.coerce.number<number>().pipe(entryNumber).describe('Of the redemption'),
      after: z.coerce.number<number>().int().min(0).describe('The last entry that the device knew'),
    }),
    response: slipsBeside,
    errors: ['redemption.not_found'],
  },
} as const satisfies OperationsOf<Pick<typeof endpoints, 'redemptions.beside'>>;
