import { z } from 'zod';
import type { Operation } from './define.ts';
import { id, idParams, instantMs } from './fields.ts';
import { paperKind, readingOptions, readingPreview } from './papers.ts';

/** What committing an import did. */
export const importResult = z.object({
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  leftOut: z.int(),
  journalNumbers: z.array(z.int()),
});

export const importState = z.object({
  id,
  kind: paperKind,
  filename: z.string(),
  createdAtMs: instantMs,
  state: z.enum(['read', 'committed']),
  /** What was understood and what confirming would do; nothing is written before. */
  preview: readingPreview,
  effect: z.object({ create: z.int(), update: z.int(), unchanged: z.int(), leftOut: z.int() }),
  result: importResult.nullable(),
});

export const importsOperations = {
  'imports.read': {
    summary: 'Upload a paper and see what is understood; writes nothing to the village',
    access: 'paper.import',
    params: z.object({ kind: paperKind }),
    query: z.object({ filename: z.string().min(1).max(200) }),
    bodyType: 'application/octet-stream',
    response: importState,
    idempotent: false,
    errors: ['paper.unreadable', 'paper.too_large'],
  },
  'imports.get': {
    summary: 'An import under way',
    access: 'paper.import',
    params: idParams,
    response: importState,
    errors: ['paper.not_found'],
  },
  'imports.correct': {
    summary: 'Choose sheet, header row, columns or decisions by hand and look again',
    access: 'paper.import',
    params: idParams,
    body: readingOptions,
    response: importState,
    idempotent: false,
    errors: ['paper.not_found', 'paper.committed'],
  },
  'imports.commit': {
    summary: 'Write what was understood: all of it or nothing',
    access: 'paper.import',
    params: idParams,
    body: z.object({}),
    response: importState,
    errors: ['paper.not_found', 'paper.committed', 'paper.nothing', 'household.number_taken'],
  },
} as const satisfies Record<string, Operation>;
