import { z } from 'zod';
import { BODY_BYTES_MAX, type OperationsOf } from '../operation.ts';
import { day, id, instantMs, required, idParams } from '../fields.ts';
import { makingOperations } from '../proposals/making-contract.ts';
import type { endpoints } from './endpoints.ts';
import {
  foundingPaper,
  paperKind,
  paperProblem,
  readingOptions,
  readingPreview,
  scoresReading,
} from './papers.ts';

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
  batchId: id.optional().describe('Scores only: the batch in which the deeds wait for a second person'),
});
export type ImportResult = z.infer<typeof importResult>;
export interface ImportOutcome {
  /** Outcomes stored before imports could need approval lack this field. */
  readonly effect: Omit<ImportEffect, 'needsApproval'> & { readonly needsApproval?: boolean };
  readonly result: ImportResult;
}

/** A question to the clerk about a paper as a whole. */
export const importQuestion = z.object({
  code: z.enum([
    'other_kind',
    'other_title',
    'address_numbers',
    ...(['score_day', 'score_ones', 'score_units', 'score_twice', 'score_standing'] as const),
  ]),
  text: z.object({ zh: z.string(), en: z.string() }),
  looksLike: paperKind.optional().describe('The kind of paper that it seems to be'),
  needsAnswer: z.boolean().describe('Nothing is written before it is answered'),
  day: day.optional().describe('The day that is taken, or would be'),
  count: z.int().optional().describe('How many deeds it is about: a yes counts for so many, and no more'),
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
export type FoundingState = z.infer<typeof importState>;

/** The same of a month's score sheet. */
export const scoreSheetState = importState.extend({ preview: scoresReading });
export type ScoreSheetState = z.infer<typeof scoreSheetState>;
export type ImportState = FoundingState | ScoreSheetState;

/** A score sheet is refused with whatever a proposal by hand is refused with. */
const ofDeeds = makingOperations['proposals.create'].errors;

export const operations = {
  'imports.read': {
    slow: true,
    untraced: 'It writes nothing to the village before it is committed',
    summary: 'Upload a paper and see what is understood; writes nothing to the village',
    summaryZh: '上传一份资料，看读出了什么；不写入村里',
    access: 'paper.import',
    params: z.object({ kind: foundingPaper }),
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
  'imports.readScores': {
    slow: true,
    untraced: 'It writes nothing to the village before it is committed',
    summary: 'Upload a month’s score sheet and see what is understood; proposes nothing',
    summaryZh: '上传一张月评分表，看读出了什么；不提交任何申报',
    access: 'proposal.make',
    query: z.object({ filename: required(200) }),
    bodyType: 'application/octet-stream',
    response: scoreSheetState,
    idempotent: false,
    errors: ['proposal.administrator', 'paper.unreadable', 'paper.too_large', 'paper.too_many'],
  },
  'imports.blankScores': {
    slow: true,
    takes: 'imports.blank_taken',
    summary:
      'A blank score sheet with the village’s households and rules, to be filled in and uploaded again',
    summaryZh: '一张空白评分表，列好村里的农户和细则，填好再上传',
    access: 'proposal.make',
    params: z.object({ format: z.enum(['csv', 'xlsx']) }),
    response: 'binary',
    files: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    errors: [],
  },
  'imports.getScores': {
    summary: 'A score sheet of one’s own that is under way',
    summaryZh: '自己上传的一张评分表',
    access: 'proposal.make',
    params: idParams,
    response: scoreSheetState,
    errors: ['paper.not_found'],
  },
  'imports.correctScores': {
    slow: true,
    untraced: 'It writes nothing to the village before it is committed',
    summary: 'Choose the day, the columns or answers to questions about a score sheet, and look again',
    summaryZh: '指定评分表的日期、各列，或回答所问，再看一次',
    access: 'proposal.make',
    params: idParams,
    bodyBytesMax: BODY_BYTES_MAX.batch,
    body: readingOptions,
    response: scoreSheetState,
    idempotent: false,
    errors: ['paper.not_found', 'paper.committed'],
  },
  'imports.commitScores': {
    slow: true,
    summary: 'Propose all deeds of a score sheet as one batch, or none',
    summaryZh: '把评分表里的事合成一批申报：全部，或一件不报',
    access: 'proposal.make',
    params: idParams,
    body: z.object({}),
    response: scoreSheetState,
    errors: [
      'paper.not_found',
      'paper.committed',
      'paper.nothing',
      'paper.unanswered',
      'paper.not_whole',
      ...ofDeeds,
    ],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { guarded } from './guarded.ts';
export { errorWords, tags } from './words.ts';
