import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { day, entryNumber, hundredths, id, idParams, pageId, required } from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { OBJECTION_CHARACTERS, OBJECTION_KINDS, OBJECTION_STATES, OUTCOMES, STANDINGS } from './states.ts';

/** The latest ones of a household are told to its phone. */
export const OWN_MOST = 20;

const ownObjection = z.object({
  id: pageId,
  number: z.int(),
  kind: z.enum(OBJECTION_KINDS),
  deed: z
    .object({ proposalId: id, title: z.string(), day, points: hundredths, entry: entryNumber.nullable() })
    .nullable(),
  words: z.string(),
  state: z.enum(OBJECTION_STATES),
  outcome: z.enum(OUTCOMES).nullable(),
  reason: z.string().nullable().describe('Of the answer'),
  judgement: z.string().nullable().describe('Of the supervisor who let the answer stand'),
  township: z.string().nullable().describe('What the township gave as its reason'),
  receivedOn: day,
  dueOn: day,
  standing: z.enum(STANDINGS).nullable(),
  mayWithdraw: z.boolean(),
  appealUntil: day.nullable().describe('The last day for an appeal; null when there is none to make'),
});
export type OwnObjection = z.infer<typeof ownObjection>;

const ref = z.object({ id: pageId });
const OWN = ['objection.not_found', 'objection.state', 'me.helper'] as const;

export const ownOperations = {
  'objections.own': {
    summary: 'The household’s own objections, and where each stands',
    summaryZh: '自家提的异议和意见，办到哪一步',
    access: 'objection.own',
    response: z.object({ items: z.array(ownObjection).describe('The latest, newest first') }),
    errors: ['me.helper'],
  },
  'objections.make': {
    summary: 'Object to a line of the own passbook or to a deed on a notice, or suggest or complain',
    summaryZh: '对自家的一笔或者公示的一条提异议，或者提建议、投诉',
    access: 'objection.own',
    body: z.object({
      kind: z.enum(OBJECTION_KINDS),
      proposalId: id.optional().describe('A deed on a notice that hangs'),
      entry: entryNumber.optional().describe('A line of the own passbook'),
      words: required(OBJECTION_CHARACTERS),
    }),
    response: z.object({ id: pageId, number: z.int(), dueOn: day }),
    errors: [
      ...(['objection.no_deed', 'proposal.not_found', 'objection.deed_closed'] as const),
      ...(['objection.twice', 'objection.too_many', 'me.helper'] as const),
    ],
  },
  'objections.withdrawOwn': {
    summary: 'Withdraw an objection of one’s own',
    summaryZh: '撤回自家提的异议或意见',
    access: 'objection.own',
    params: idParams,
    body: z.object({}),
    response: ref,
    errors: OWN,
  },
  'objections.appealOwn': {
    summary: 'Ask a supervisor to look at the answer to an objection of one’s own',
    summaryZh: '不服答复，请监督员复核',
    access: 'objection.own',
    params: idParams,
    body: z.object({ reason: required(OBJECTION_CHARACTERS) }),
    response: ref,
    errors: [...OWN, 'objection.no_appeal', 'objection.appeal_late'],
  },
} as const satisfies Partial<OperationsOf<typeof endpoints>>;
