import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { day, entryNumber, idParams, instantMs, limit, line } from '../fields.ts';
import { VIAS } from './via.ts';
import type { endpoints } from './endpoints.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

const change = z.object({
  field: z.string(),
  label: words,
  unit: z.enum([
    'text',
    'points',
    'yuan',
    'minutes',
    'moment',
    'yesNo',
    'roles',
    'household',
    'goods',
    'person',
    'mark',
    'cap',
    'decider',
  ]),
  was: value.optional().describe('Before; left out where there was nothing or it is not told'),
  is: value.optional().describe('Afterwards'),
});

const shown = z.object({
  number: entryNumber.describe('Its number among the entries of the book'),
  act: z.string(),
  words: words.describe('What was done'),
  atMs: instantMs,
  on: day,
  by: z.string().describe('The name that whoever did it had then'),
  via: z.enum(VIAS),
  changes: z.array(change),
  isErased: z.boolean().describe('What it told of a household was erased'),
});

/** An act as those read it who look at the books. */
const act = shown.extend({
  actorId: z.string(),
  thing: z
    .object({
      kind: z.string(),
      id: z.string(),
      name: z.string().describe('Empty when it has none any more'),
    })
    .describe('What it was done to'),
  hash: z.string(),
});
export type ShownAct = z.infer<typeof act>;

/** The deed of an act, and the thing it was done to. */
export const toldAct = act.pick({ words: true, thing: true, changes: true, isErased: true });

/** An act as the household reads it. */
const ownAct = shown;
export type OwnAct = z.infer<typeof ownAct>;

const filters = {
  act: z.string().max(64).optional().describe('A name, or the beginning of names up to a point: `staff.`'),
  actorId: z.string().max(64).optional(),
  thing: z.string().max(130).optional().describe('kind:id of the thing it was done to'),
  from: day.optional(),
  to: day.optional(),
  q: line(60).optional().describe('Words in what was done, in values, or in names'),
};

const pageOfActs = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: entryNumber
      .nullable()
      .describe('More may be before this number: give it as `before`, even when no items came'),
  });

const pageQuery = {
  before: entryNumber.or(z.coerce.number().int().min(1)).optional(),
  limit: limit.default(50),
};

export const operations = {
  'acts.list': {
    summary: 'The book of acts: who did what beside moving points, newest first',
    summaryZh: '办事记录：谁办了什么，最新的在前',
    access: 'acts.read',
    query: z.object({ ...filters, ...pageQuery }),
    response: pageOfActs(act),
    errors: [],
  },
  'acts.export': {
    slow: true,
    takes: 'acts.exported',
    summary: 'The acts found, as a table for a spreadsheet',
    summaryZh: '找到的办事记录，做成表格',
    access: 'acts.export',
    query: z.object(filters),
    response: 'binary',
    files: ['text/csv'],
    errors: [],
  },
  'acts.ofHousehold': {
    summary: 'What was done to a household beside its points, newest first',
    summaryZh: '对一户办过的事，最新的在前',
    access: 'household.read',
    params: idParams,
    query: z.object(pageQuery),
    response: pageOfActs(ownAct),
    errors: ['household.not_found'],
  },
  'me.acts': {
    summary: 'What was done to one’s own household beside its points, newest first',
    summaryZh: '对自家办过的事，最新的在前',
    access: 'me.read',
    query: z.object(pageQuery),
    response: pageOfActs(ownAct),
    errors: [],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
