import { z } from 'zod';
import { instantMs } from '../fields.ts';

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
