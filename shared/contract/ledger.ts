import { z } from 'zod';
import type { Operation } from './define.ts';
import {
  cursor,
  day,
  entryNumber,
  fen,
  hundredths,
  instantMs,
  limit,
  line,
  pageOf,
  pieces,
} from './fields.ts';

export const ENTRY_KINDS = [
  'opening',
  'award',
  'deduction',
  'hold',
  'release',
  'redemption',
  'stock_in',
  'stocktake',
  'reversal',
  'transfer',
  'closing',
] as const;
export const entryKind = z.enum(ENTRY_KINDS);
export type EntryKind = z.infer<typeof entryKind>;

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
});
export type PassbookLine = z.infer<typeof passbookLine>;
export const passbookPage = pageOf(passbookLine);
export const month = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)
  .describe('A month of business days, YYYY-MM');

/** What came and went in one month of a passbook. Lines booked late stand in the month they were booked in. */
export const passbookMonth = z.object({
  month,
  lines: z.int(),
  gained: hundredths,
  spent: hundredths.describe('Zero or below'),
});
export const passbookMonths = z.object({ items: z.array(passbookMonth), next: month.nullable() });

export const passbookQuery = z.object({ before: cursor.optional(), limit: limit.default(20) });

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

export const badRow = z.object({
  table: z.string(),
  number: z.int().nullable(),
  line: z.int().nullable(),
  accountId: z.string().nullable(),
  check: z.string().describe('Which check failed: seal, chain, gap, balance, sum, text, account, orphan …'),
  expected: z.string(),
  found: z.string(),
});
export type BadRow = z.infer<typeof badRow>;

export const verification = z.object({
  ok: z.boolean(),
  startedAtMs: instantMs,
  finishedAtMs: instantMs,
  entries: z.int(),
  postings: z.int(),
  headNumber: z.int(),
  headHash: z.string(),
  bad: badRow.nullable(),
});
export type Verification = z.infer<typeof verification>;

/** A verification under way. */
export const verifying = z.object({
  startedAtMs: instantMs,
  done: z.int().describe('Entries recomputed so far'),
  total: z.int(),
});
export type Verifying = z.infer<typeof verifying>;

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

export const exportFormat = z.enum(['csv', 'hledger', 'beancount', 'journal']);
export type ExportFormat = z.infer<typeof exportFormat>;

export const ledgerOperations = {
  'ledger.entries': {
    summary: 'Entries of the journal, newest first',
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
    access: 'ledger.read',
    params: z.object({ number: z.coerce.number().int().min(1) }),
    response: entryDetail,
    errors: ['ledger.entry_not_found'],
  },
  'ledger.actors': {
    summary: 'Everybody who books entries, for choosing one',
    access: 'ledger.read',
    response: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
    errors: [],
  },
  'ledger.trialBalance': {
    summary: 'Sums per kind of account and unit, now or on a day',
    access: 'ledger.read',
    query: z.object({ asOf: day.optional() }),
    response: trialBalance,
    errors: [],
  },
  'ledger.verify': {
    summary: 'Recompute the whole book: sums, balances, numbering, hashes',
    access: 'ledger.verify',
    body: z.object({}),
    response: verification,
    idempotent: false,
    errors: [],
  },
  'ledger.lastVerification': {
    summary: 'The last verification, if any, and how far one under way has come',
    access: 'ledger.read',
    response: z.object({
      last: verification.nullable(),
      running: verifying.nullable().describe('As the server asked knows it'),
    }),
    errors: [],
  },
  'ledger.export': {
    summary: 'The whole book for other programs',
    access: 'ledger.export',
    params: z.object({ format: exportFormat }),
    response: 'binary',
    files: ['text/csv', 'text/plain', 'application/x-ndjson'],
    errors: ['ledger.no_book'],
  },
} as const satisfies Record<string, Operation>;
