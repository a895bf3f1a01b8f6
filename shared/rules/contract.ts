import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { id, hundredths, instantMs, line, required, idParams } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { CAP_PERIODS, CAP_SCOPES, CAPS_MOST } from './caps.ts';
import { OPTION_LETTERS_MOST, OPTIONS_MOST } from './options.ts';

export const POINTS_MODES = ['fixed', 'range', 'perUnit', 'list', 'judged', 'none'] as const;
export type PointsMode = (typeof POINTS_MODES)[number];

export const cap = z.object({
  period: z.enum(CAP_PERIODS),
  scope: z
    .enum(CAP_SCOPES)
    .describe(
      'Whose deeds count together: all of the household, those of one member, or those about one event',
    ),
  times: z.int().min(1).max(1000).nullable(),
  points: hundredths.nullable().describe('Without a sign'),
});

export const optionName = required(OPTION_LETTERS_MOST);
const option = z.object({ name: optionName, points: hundredths });

const ruleFields = {
  category: required(30),
  title: required(200),
  pointsMode: z.enum(POINTS_MODES),
  points: hundredths.nullable(),
  pointsMin: hundredths.nullable(),
  pointsMax: hundredths.nullable(),
  perUnit: line(20).nullable(),
  proposer: line(60),
  evidence: line(120),
  limitText: line(60),
  caps: z.array(cap).max(CAPS_MOST).readonly().describe('All of them hold'),
  enabled: z.boolean(),
};

/** Fields that rules were given later: a request may leave them out, so that older programs can still add rules. */
const laterFields = {
  options: z
    .array(option)
    .max(OPTIONS_MOST)
    .readonly()
    .describe('What a deed may be, each with its points; empty where `pointsMode` is no list'),
  isPrivate: z
    .boolean()
    .describe('What is done under it stands on no board and no printed notice, other than in a sum'),
  isFitForOld: z.boolean().describe('Fit for old people: it can be done at home or near it'),
};
const allFields = { ...ruleFields, ...laterFields };
const ruleCode = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z\u4e00-\u9fff.-]{1,12}$/);

export const rule = z.object({
  id,
  code: ruleCode,
  version: z.int(),
  ...allFields,
  uses: z.int().describe('How often it was proposed: the most used come first on the award screen'),
});
export type Rule = z.infer<typeof rule>;

export const operations = {
  'rules.list': {
    summary: 'The rule book as it is now',
    summaryZh: '现行积分细则',
    cache: 'private',
    access: 'rule.read',
    response: z.object({
      items: z.array(
        rule.extend({
          pinyin: z.string().describe('Its title in pinyin, whole and initials, for searching'),
        }),
      ),
    }),
    errors: [],
  },
  'rules.create': {
    summary: 'Add a rule',
    summaryZh: '添加一条细则',
    access: 'rule.change',
    body: z.object({ code: ruleCode, ...ruleFields, ...z.object(laterFields).partial().shape }),
    response: rule,
    errors: [
      'rule.code_taken',
      'rule.points',
      'rule.options_incomplete',
      'rule.cap_incomplete',
      'rule.forbidden_subject',
      'text.unfit',
    ],
  },
  'rules.update': {
    summary: 'Change a rule: adds a version, earlier entries keep theirs',
    summaryZh: '修改细则：增加一个版本，旧账保留旧版本',
    access: 'rule.change',
    params: idParams,
    body: z.object(allFields).partial(),
    response: rule,
    errors: [
      'rule.not_found',
      'rule.points',
      'rule.options_incomplete',
      'rule.cap_incomplete',
      'rule.forbidden_subject',
      'text.unfit',
      'change.needs_second',
    ],
  },
  'rules.versions': {
    summary: 'Every wording a rule has had',
    summaryZh: '一条细则有过的每种写法',
    access: 'rule.read',
    params: idParams,
    response: z.object({
      items: z.array(
        z.object({ version: z.int(), ...allFields, changedBy: z.string(), changedAtMs: instantMs }),
      ),
    }),
    errors: ['rule.not_found'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { guarded } from './guarded.ts';
export { errorWords, tags } from './words.ts';
