import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { day, entryNumber, hundredths, id, idParams, line, pageId, required } from '../fields.ts';
import { PROPOSAL_STATES } from '../proposals/states.ts';
import { cap } from '../rules/contract.ts';
import type { endpoints } from './endpoints.ts';
import { REPORT_CHARACTERS, REPORT_KINDS, REPORT_STATES } from './states.ts';

/** The latest ones of a household are told to its phone. */
export const OWN_REPORTS_MOST = 20;

const ownReport = z.object({
  id: pageId,
  number: z.int(),
  kind: z.enum(REPORT_KINDS),
  title: z.string().describe('Of the rule as it was then'),
  day,
  reportedOn: day,
  words: z.string(),
  helper: z
    .object({ number: z.string(), name: z.string().describe('As the board shows it') })
    .nullable()
    .describe('The household that helped; null for a deed of one’s own'),
  state: z.enum(REPORT_STATES),
  reason: z.string().nullable().describe('Why it was not accepted'),
  proposal: z
    .object({
      state: z.enum(PROPOSAL_STATES),
      points: hundredths.nullable().describe('Null for a deed of another household'),
      entry: entryNumber.nullable().describe('Null for a deed of another household, and before it is posted'),
      isReversed: z.boolean(),
      isAnnounced: z.boolean().describe('It is on a notice or was on one'),
    })
    .nullable(),
});
export type OwnReport = z.infer<typeof ownReport>;

export const ownOperations = {
  'reports.own': {
    summary: 'The household’s own reports, and where each stands',
    summaryZh: '自家用手机申报的，办到哪一步',
    access: 'report.own',
    response: z.object({
      items: z.array(ownReport).describe('The latest, newest first'),
      hasNotices: z.boolean().describe('Whether awards hang on a notice before their points move'),
    }),
    errors: ['me.helper'],
  },
  'reports.standing': {
    summary: 'What the household has under the caps of a rule, in the period of a day',
    summaryZh: '一条细则在某天所在的期间里，自家已有几次、几分',
    access: 'report.own',
    query: z.object({ ruleId: id, day }),
    response: z.object({
      caps: z
        .array(cap.extend({ first: day, last: day, used: z.object({ times: z.int(), points: hundredths }) }))
        .describe(
          'The caps that count all deeds of the household; others count by a word that is not known yet',
        ),
    }),
    errors: ['rule.not_found', 'proposal.future_day', 'me.helper'],
  },
  'reports.make': {
    summary: 'Report a deed of the own household, or that another household helped',
    summaryZh: '申报自家做的一件事，或者申报谁帮了自家',
    access: 'report.own',
    body: z.object({
      kind: z.enum(REPORT_KINDS),
      ruleId: id,
      day,
      words: required(REPORT_CHARACTERS),
      helper: line(40)
        .default('')
        .describe('The household that helped: its number, or its head’s name as the board shows it'),
    }),
    response: z.object({
      id: pageId,
      number: z.int(),
      helper: z.object({ number: z.string(), name: z.string() }).nullable(),
    }),
    errors: [
      ...(['report.phones_off', 'rule.not_found', 'report.rule_not_open', 'proposal.future_day'] as const),
      ...(['report.no_helper', 'report.helper_unclear', 'report.own_helper'] as const),
      ...(['report.twice', 'report.too_many', 'me.helper'] as const),
    ],
  },
  'reports.withdrawOwn': {
    summary: 'Withdraw a report of one’s own that nobody has checked',
    summaryZh: '撤回自家还没初审的申报',
    access: 'report.own',
    params: idParams,
    body: z.object({}),
    response: z.object({ id: pageId }),
    errors: ['report.not_found', 'report.state', 'me.helper'],
  },
} as const satisfies Partial<OperationsOf<typeof endpoints>>;
