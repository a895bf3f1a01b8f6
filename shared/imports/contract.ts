import { z } from 'zod';
import { BODY_BYTES_MAX, type OperationsOf } from '../operation.ts';
import { id, instantMs, required, idParams } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { paperKind, paperProblem, readingOptions, readingPreview } from './papers.ts';

/** The changes that confirming would make, compared with what the village has already. */
export const importEffect = z.object({
  create: z.int(),
  update: z.int(),
  unchanged: z.int(),
  leftOut: z
    .int()
    .describe('Rows not written: wrong, repeated, undecided, or at odds with what the village has'),
  needsApproval: z
    .boolean()
    .describe(
      'Opening balances after the first award: they are proposed, and posted when a second person approves',
    ),
  problems: z
    .array(paperProblem)
    .describe(
      'Rows at odds with what the village has. error: left out; warning: written. Cut for the screen',
    ),
});
export type ImportEffect = z.infer<typeof importEffect>;

/** The changes that committing an import made. */
export const importResult = z.object({
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  leftOut: z.int(),
  journalNumbers: z.array(z.int()),
});
export type ImportResult = z.infer<typeof importResult>;
export interface ImportOutcome {
  /** Outcomes stored before imports could need approval lack this field. */
  readonly effect: Omit<ImportEffect, 'needsApproval'> & { readonly needsApproval?: boolean };
  readonly result: ImportResult;
}

/** A question to the clerk about a paper as a whole. */
export const importQuestion = z.object({
  code: z.enum(['other_kind', 'other_title', 'address_numbers']),
  text: z.object({ zh: z.string(), en: z.string() }),
  looksLike: paperKind.optional().describe('The kind of paper that it seems to be'),
  needsAnswer: z.boolean().describe('Nothing is written before it is answered'),
});
export type ImportQuestion = z.infer<typeof importQuestion>;

export const importState = z.object({
  id,
  kind: paperKind,
  filename: z.string(),
  createdAtMs: instantMs,
  state: z.enum(['read', 'committed']),
  /**
   * The reading and the changes that confirming would make; nothing is written before. Only figures are left once it
   * is committed.
   */
  preview: readingPreview,
  effect: importEffect,
  questions: z.array(importQuestion),
  /** While it is being written. */
  progress: z.object({ done: z.int(), total: z.int() }).nullable(),
  result: importResult.nullable(),
});
export type ImportState = z.infer<typeof importState>;

export const operations = {
  'imports.read': {
    slow: true,
    untraced: 'It writes nothing to the village before it is committed',
    summary: 'Upload a paper and see what is understood; writes nothing to the village',
    summaryZh: '上传一份资料，看读出了什么；不写入村里',
    access: 'paper.import',
    params: z.object({ kind: paperKind }),
    query: z.object({ filename: required(200) }),
    bodyType: 'application/octet-stream',
    response: importState,
    idempotent: false,
    errors: ['paper.unreadable', 'paper.too_large', 'paper.too_many'],
  },
  'imports.get': {
    summary: 'An import under way',
    summaryZh: '一次进行中的导入',
    access: 'paper.import',
    params: idParams,
    response: importState,
    errors: ['paper.not_found'],
  },
  'imports.correct': {
    slow: true,
    untraced: 'It writes nothing to the village before it is committed',
    summary: 'Choose sheet, header row, columns or decisions by hand and look again',
    summaryZh: '手工指定工作表、表头行、列或取舍，再看一次',
    access: 'paper.import',
    params: idParams,
    bodyBytesMax: BODY_BYTES_MAX.batch,
    body: readingOptions,
    response: importState,
    idempotent: false,
    errors: ['paper.not_found', 'paper.committed'],
  },
  'imports.commit': {
    slow: true,
    summary: 'Write what was understood: all of it or nothing',
    summaryZh: '把读出的写进去：全部，或一点不写',
    access: 'paper.import',
    params: idParams,
    body: z.object({}),
    response: importState,
    errors: [
      'paper.not_found',
      'paper.committed',
      'paper.nothing',
      'paper.unanswered',
      'change.needs_second',
      'household.number_taken',
      'ledger.overflow',
      'rule.points',
    ],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { guarded } from './guarded.ts';
export { errorWords, tags } from './words.ts';
