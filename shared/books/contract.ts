import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { hundredths, fen, pieces, instantMs, day, entryNumber, line, limit } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { entryKind } from '../ledger/entry-kinds.ts';
import { exportFormat } from '../ledger/export-format.ts';
import { entryText } from '../ledger/passbook.ts';
import { verification, verifying } from '../ledger/verification.ts';

export const entryLine = z.object({
  line: z.int(),
  accountId: z.string(),
  accountKind: z.string(),
  ownerName: z.string().describe('Household number and head, goods name, or empty'),
  unit: z.string(),
  amount: pieces,
  balanceAfter: pieces,
});

export const entrySummary = z.object({
  number: entryNumber,
  kind: entryKind,
  effectiveOn: day,
  bookedAtMs: instantMs,
  text: entryText,
  bookedBy: z.string(),
  owner: z
    .string()
    .describe('Number and head of the household it is about, else the goods; empty when neither'),
  points: hundredths.describe('Sum moved to or from households'),
  reversesNumber: entryNumber.nullable(),
  reversedBy: entryNumber.nullable(),
});

export const entryDetail = entrySummary.extend({
  lines: z.array(entryLine),
  previousHash: z.string(),
  hash: z.string(),
  idempotencyKey: z.string(),
  source: z.string().nullable(),
  bookEnd: entryNumber.describe('Number of the last entry of the book'),
});

export const trialBalance = z.object({
  asOf: day.nullable(),
  units: z.array(
    z.object({
      unit: z.string(),
      name: z.string(),
      accounts: z.array(z.object({ kind: z.string(), debit: pieces, credit: pieces, count: z.int() })),
      sum: pieces,
    }),
  ),
  pointsOwed: hundredths,
  stockCostFen: fen,
  coverRatioPercent: z
    .int()
    .nullable()
    .describe('Stock at cost over points owed at their value; null when nothing is owed'),
});

export const operations = {
  'ledger.entries': {
    summary: 'Entries of the journal, newest first',
    summaryZh: '流水，最新的在前',
    access: 'ledger.read',
    query: z.object({
      before: entryNumber.or(z.coerce.number().int().min(1)).optional(),
      kind: entryKind.optional(),
      householdId: z.string().max(64).optional(),
      goodsId: z.string().max(64).optional(),
      actorId: z.string().max(64).optional().describe('Who booked it: staff or volunteer'),
      from: day.optional(),
      to: day.optional(),
      q: line(60)
        .optional()
        .describe('Words of its title or note, a household’s number or head, or the number of an entry'),
      limit: limit.default(50),
    }),
    response: z.object({
      items: z.array(entrySummary),
      next: entryNumber
        .nullable()
        .describe('More may be before this number: give it as `before`, even when no items came'),
    }),
    errors: ['household.not_found', 'goods.not_found'],
  },
  'ledger.entry': {
    summary: 'One entry with its lines and hashes',
    summaryZh: '一张凭证，连同分录和哈希',
    access: 'ledger.read',
    params: z.object({ number: z.coerce.number().int().min(1) }),
    response: entryDetail,
    errors: ['ledger.entry_not_found'],
  },
  'ledger.actors': {
    summary: 'Everybody who books entries, for choosing one',
    summaryZh: '记过账的每个人，供选择',
    access: 'ledger.read',
    response: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
    errors: [],
  },
  'ledger.trialBalance': {
    summary: 'Sums per kind of account and unit, now or on a day',
    summaryZh: '各类账户、各种单位的合计，现在的或某一天的',
    access: 'ledger.read',
    query: z.object({ asOf: day.optional() }),
    response: trialBalance,
    errors: [],
  },
  'ledger.verify': {
    slow: true,
    summary: 'Recompute the whole book: sums, balances, numbering, hashes',
    summaryZh: '重算整本账：合计、余额、编号、哈希',
    access: 'ledger.verify',
    body: z.object({}),
    response: verification,
    idempotent: false,
    errors: [],
  },
  'ledger.lastVerification': {
    summary: 'The last verification, if any, and how far one under way has come',
    summaryZh: '上一次核验（如果有）',
    access: 'ledger.read',
    response: z.object({
      last: verification.nullable(),
      running: verifying.nullable().describe('As the server asked knows it'),
    }),
    errors: [],
  },
  'ledger.export': {
    slow: true,
    takes: 'books.exported',
    summary: 'The whole book for other programs',
    summaryZh: '整本账，给别的程序用',
    access: 'ledger.export',
    params: z.object({ format: exportFormat }),
    response: 'binary',
    files: ['text/csv', 'text/plain', 'application/x-ndjson'],
    errors: ['ledger.no_book'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
