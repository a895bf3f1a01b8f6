import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import {
  day,
  entryNumber,
  hundredths,
  id,
  idParams,
  instantMs,
  limit,
  line,
  pageId,
  pageOf,
  required,
} from '../fields.ts';
import { deedWords } from '../proposals/making-contract.ts';
import { PROPOSAL_STATES } from '../proposals/states.ts';
import { optionName } from '../rules/contract.ts';
import type { endpoints } from './endpoints.ts';
import { ownOperations } from './own-contract.ts';
import { REPORT_CHARACTERS, REPORT_FILTERS, REPORT_KINDS, REPORT_STATES } from './states.ts';

/** Why somebody may not check a report. */
export const WHY_NOT_CHECK = ['role', 'state', 'committee_only', 'administrator', 'own_household'] as const;

const household = z.object({ id, number: z.string(), head: z.string(), group: z.string() });

const report = z.object({
  id: pageId,
  number: z.int().describe('The number of its receipt; the first of a village is 1'),
  kind: z.enum(REPORT_KINDS),
  household: household.describe('The household whose deed it is'),
  reporter: household
    .nullable()
    .describe('The household that was helped; null where it reports its own deed'),
  rule: z.object({ id, code: z.string(), title: z.string(), category: z.string() }),
  day,
  words: z.string().describe('Empty: erased'),
  reportedOn: day,
  reportedAtMs: instantMs,
  state: z.enum(REPORT_STATES),
  proposal: z
    .object({
      id,
      state: z.enum(PROPOSAL_STATES),
      points: hundredths,
      entry: entryNumber.nullable(),
      isReversed: z.boolean(),
      isAnnounced: z.boolean().describe('It is on a notice or was on one'),
    })
    .nullable(),
});
export type Report = z.infer<typeof report>;

const reportView = report.extend({
  reason: z.string().nullable().describe('Why it was not accepted'),
  checkedBy: z.string().nullable(),
  checkedAtMs: instantMs.nullable(),
  alike: z
    .array(
      z.object({ id: pageId, number: z.int(), kind: z.enum(REPORT_KINDS), state: z.enum(REPORT_STATES) }),
    )
    .describe('Others of the same household, rule and day that were not withdrawn'),
  village: z.object({ name: z.string(), town: z.string() }),
  hasNotices: z.boolean(),
  mayCheck: z.boolean(),
  whyNot: z.enum(WHY_NOT_CHECK).nullable().describe('Why this caller may not check it'),
});
export type ReportView = z.infer<typeof reportView>;

const CHECKING = [
  'report.not_found',
  'report.state',
  'report.committee_only',
  'report.own_household',
  'proposal.administrator',
] as const;

export const operations = {
  ...ownOperations,
  'reports.list': {
    summary: 'Reports that came by phone, newest first',
    summaryZh: '用手机申报的，最新的在前',
    access: 'report.read',
    query: z.object({
      filter: z.enum(REPORT_FILTERS).default('all'),
      proposalId: id.optional().describe('The report behind this proposal alone'),
      before: pageId.optional(),
      limit: limit.default(30),
    }),
    response: pageOf(report).extend({
      next: pageId.nullable(),
      mayCheck: z.boolean().describe('Whether this caller checks reports at all'),
      phonesReport: z.boolean().describe('Whether phones hand in new ones'),
    }),
    errors: [],
  },
  'reports.get': {
    summary: 'One report, and whether this caller may check it',
    summaryZh: '一条申报，以及能不能由现在的人初审',
    access: 'report.read',
    params: idParams,
    response: reportView,
    errors: ['report.not_found'],
  },
  'reports.takeUp': {
    summary: 'Check a report and propose its deed; somebody else approves it',
    summaryZh: '初审通过并提交评议；由另一个人审核',
    access: 'report.check',
    params: idParams,
    body: z.object({
      points: hundredths.optional().describe('Where the rule leaves it open'),
      option: optionName.optional().describe('Which of the options of the rule it is'),
      effectiveOn: day.optional().describe('The day of the report when left out'),
      note: line(REPORT_CHARACTERS).describe('Stands with the deed; most often the words of the report'),
      ...deedWords,
    }),
    response: z.object({ id: pageId, proposalId: id }),
    errors: [
      ...CHECKING,
      ...(['rule.not_found', 'rule.disabled', 'rule.points', 'rule.option_missing'] as const),
      ...([
        'rule.cap_times',
        'rule.cap_points',
        'proposal.member_missing',
        'proposal.event_missing',
      ] as const),
      ...(['household.not_found', 'household.closed', 'proposal.future_day'] as const),
    ],
  },
  'reports.notAccept': {
    summary: 'Not accept a report, with the reason that the household reads',
    summaryZh: '初审不予认定，写明理由，农户看得到',
    access: 'report.check',
    params: idParams,
    body: z.object({ reason: required(REPORT_CHARACTERS) }),
    response: z.object({ id: pageId }),
    errors: CHECKING,
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
export { endpoints } from './endpoints.ts';
export { errors } from './errors.ts';
export { permissions } from './permissions.ts';
