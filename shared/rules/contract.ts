import { z } from 'zod';
import { BODY_BYTES_MAX, type OperationsOf } from '../operation.ts';
import { day, done, id, hundredths, instantMs, line, required, idParams } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { CAP_PERIODS, CAP_SCOPES, CAPS_MOST } from './caps.ts';
import { RULE_DECIDERS } from './deciders.ts';
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

/** The meeting that decided a version, and its day. */
const decision = {
  decidedBy: z.enum(RULE_DECIDERS).nullable().describe('The meeting that decided it; null: not told'),
  decidedOn: day.nullable().describe('The day of that meeting'),
};
/** The day from which a version counts, and how it came about. */
const versionFacts = {
  effectiveFrom: day.describe('The first day on which it counts'),
  ...decision,
  filedOn: day.nullable().describe('The day on which it was filed with the township; null: not yet'),
};
/** Left out, it counts from the first day on which it may. */
const asked = z.object({ effectiveFrom: versionFacts.effectiveFrom, ...decision }).partial().shape;

export const VERSION_STATES = ['counts', 'announced', 'past', 'replaced', 'withdrawn'] as const;
export type VersionState = (typeof VERSION_STATES)[number];
const versionNumber = z.int().min(1);
/** So many versions are filed at once: a whole book. */
const FILED_MOST = 500;

const ruleCode = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z\u4e00-\u9fff.-]{1,12}$/);

export const rule = z.object({
  id,
  code: ruleCode,
  version: z.int(),
  ...allFields,
  ...versionFacts,
  uses: z.int().describe('How often it was proposed: the most used come first on the award screen'),
});
export type Rule = z.infer<typeof rule>;
/** A version that stands in the book before it counts. */
const announced = rule.omit({ uses: true });
export type AnnouncedRule = z.infer<typeof announced>;

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
      announced: z.array(announced).describe('Versions that count from a later day, the nearest first'),
      firstDay: day.describe('A change of points that is told today counts from this day at the earliest'),
      usualDay: day.describe('The day that is offered for it'),
    }),
    errors: [],
  },
  'rules.create': {
    summary: 'Add a rule',
    summaryZh: '添加一条细则',
    access: 'rule.change',
    body: z.object({ code: ruleCode, ...ruleFields, ...z.object(laterFields).partial().shape, ...asked }),
    response: rule,
    errors: [
      'rule.code_taken',
      'rule.points',
      'rule.options_incomplete',
      'rule.cap_incomplete',
      'rule.forbidden_subject',
      'text.unfit',
      'rule.day',
      'rule.meeting_day',
    ],
  },
  'rules.update': {
    summary: 'Change a rule: adds a version that counts from a day on, earlier entries keep theirs',
    summaryZh: '修改细则：增加一个版本，从某一天起算，旧账保留旧版本',
    access: 'rule.change',
    params: idParams,
    body: z.object({ ...allFields, ...asked }).partial(),
    response: rule.describe('The version that was added, also if it counts from a later day'),
    errors: [
      'rule.not_found',
      'rule.points',
      'rule.options_incomplete',
      'rule.cap_incomplete',
      'rule.forbidden_subject',
      'text.unfit',
      'rule.day',
      'rule.announced',
      'rule.meeting_day',
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
        z.object({
          version: z.int(),
          ...allFields,
          ...versionFacts,
          state: z
            .enum(VERSION_STATES)
            .describe(
              'Replaced: a later one was told for the same day or an earlier one, so that it never counts',
            ),
          changedBy: z.string(),
          changedAtMs: instantMs,
          withdrawnBy: z.string().nullable(),
          withdrawnAtMs: instantMs.nullable(),
        }),
      ),
    }),
    errors: ['rule.not_found'],
  },
  'rules.withdraw': {
    summary: 'Take back a version that does not count yet',
    summaryZh: '撤回还没起算的版本',
    access: 'rule.change',
    params: idParams,
    body: z.object({ version: versionNumber }),
    response: done,
    errors: ['rule.not_found', 'rule.version_fixed', 'change.needs_second'],
  },
  'rules.file': {
    summary: 'Note the day on which versions were filed with the township',
    summaryZh: '记下细则哪天报镇上备案',
    access: 'rule.change',
    bodyBytesMax: BODY_BYTES_MAX.batch,
    body: z.object({
      filedOn: day,
      versions: z
        .array(z.object({ ruleId: id, version: versionNumber }))
        .min(1)
        .max(FILED_MOST),
    }),
    response: z.object({ count: z.int() }),
    errors: ['rule.not_found', 'rule.meeting_day'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { guarded } from './guarded.ts';
export { errorWords, tags } from './words.ts';
