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
import { PROPOSAL_STATES } from '../proposals/states.ts';
import { ownOperations } from './own-contract.ts';
import type { endpoints } from './endpoints.ts';
import { LIST_FILTERS } from './list-filters.ts';
import {
  ANSWERS,
  OBJECTION_CHANNELS,
  OBJECTION_CHARACTERS,
  OBJECTION_KINDS,
  OBJECTION_STATES,
  OUTCOMES,
  STANDINGS,
  TOWNSHIP_ANSWERS,
} from './states.ts';

/** Why somebody may not answer an objection, or judge an answer. */
export const WHY_NOT = [
  ...(['role', 'state', 'not_fit'] as const),
  ...(['had_part', 'own_household', 'answered_before'] as const),
] as const;

const deed = z.object({
  proposalId: id,
  state: z.enum(PROPOSAL_STATES),
  title: z.string(),
  day,
  points: hundredths.describe('As they are posted'),
  entry: entryNumber.nullable(),
});

/** An objection without the words and without whoever made it. */
const objection = z.object({
  id: pageId,
  number: z.int().describe('The number of its receipt; the first of a village is 1'),
  kind: z.enum(OBJECTION_KINDS),
  channel: z.enum(OBJECTION_CHANNELS),
  deed: deed.nullable().describe('Null for suggestions and complaints'),
  state: z.enum(OBJECTION_STATES),
  outcome: z.enum(OUTCOMES).nullable(),
  receivedOn: day,
  receivedAtMs: instantMs,
  dueOn: day,
  standing: z.enum(STANDINGS).nullable().describe('Null unless it waits for an answer'),
  isLate: z.boolean().describe('It was answered after its day'),
  answeredOn: day.nullable(),
});
export type Objection = z.infer<typeof objection>;

const objector = z.object({
  name: z.string().describe('Empty: unnamed'),
  household: z.object({ id, number: z.string(), head: z.string(), group: z.string() }).nullable(),
});

const objectionView = objection.extend({
  words: z.string().nullable().describe('Null for those who may not know who objected; empty: erased'),
  objector: objector
    .nullable()
    .describe('Told to those alone who may answer and had no part in the deed, and to supervisors'),
  receivedBy: z.string().nullable().describe('Who keyed it in; null: it came by phone'),
  history: z.array(
    z.object({
      from: z.enum(OBJECTION_STATES).nullable(),
      to: z.enum(OBJECTION_STATES),
      outcome: z.enum(OUTCOMES).nullable(),
      by: z.string().nullable().describe('Null: the objector, by phone'),
      reason: z.string().nullable().describe('Null for those who may not read the objector’s words'),
      atMs: instantMs,
    }),
  ),
  village: z.object({ name: z.string(), town: z.string() }),
  mayAnswer: z.boolean(),
  whyNot: z.enum(WHY_NOT).nullable().describe('Why this caller may not answer'),
  mayJudge: z.boolean(),
  mayWithdraw: z.boolean().describe('Whether this caller may key in that it is withdrawn'),
  mayAppeal: z.boolean().describe('Whether this caller may key in an appeal'),
  appealUntil: day.nullable().describe('The last day for an appeal; null while there is none to make'),
  mayRefer: z
    .boolean()
    .describe('Whether this caller may print the sheet for the township and key in its answer'),
  referrals: z
    .array(z.object({ by: z.string(), atMs: instantMs, namesObjector: z.boolean() }))
    .describe('When the sheet for the township was printed, the oldest first'),
});
export type ObjectionView = z.infer<typeof objectionView>;

const made = z.object({ id: pageId, number: z.int(), dueOn: day });
const ref = z.object({ id: pageId });
const reason = required(OBJECTION_CHARACTERS);

const ANSWERING = [
  ...(['objection.not_found', 'objection.state', 'objection.not_fit'] as const),
  ...(['objection.had_part', 'objection.own_household', 'objection.answered_before'] as const),
] as const;

const REFERRING = [
  ...(['objection.not_found', 'objection.state', 'objection.not_fit'] as const),
  ...(['objection.had_part', 'objection.own_household'] as const),
] as const;

export const operations = {
  ...ownOperations,
  'objections.list': {
    summary: 'Objections, suggestions and complaints, newest first, without words and names',
    summaryZh: '异议、建议和投诉，最新的在前，不写内容和姓名',
    access: 'village.read',
    query: z.object({
      filter: z.enum(LIST_FILTERS).default('all'),
      before: pageId.optional(),
      limit: limit.default(30),
    }),
    response: pageOf(objection).extend({ next: pageId.nullable() }),
    errors: [],
  },
  'objections.get': {
    summary: 'One objection with its history, and what this caller may do with it',
    summaryZh: '一条异议和它的经过，以及现在能办什么',
    access: 'village.read',
    params: idParams,
    response: objectionView,
    errors: ['objection.not_found'],
  },
  'objections.receive': {
    summary: 'Key in an objection, suggestion or complaint that came on paper or by word of mouth',
    summaryZh: '登记书面或口头的异议、建议、投诉',
    access: 'objection.keep',
    body: z.object({
      kind: z.enum(OBJECTION_KINDS),
      proposalId: id.optional().describe('The deed on notice that an objection is about'),
      entry: entryNumber.optional().describe('The posted entry that an objection is about'),
      name: line(40).default('').describe('Empty: unnamed'),
      words: required(OBJECTION_CHARACTERS),
    }),
    response: made,
    errors: ['objection.no_deed', 'proposal.not_found', 'objection.deed_closed'],
  },
  'objections.answer': {
    summary: 'Answer an objection: upheld, partly upheld or rejected, with the reason',
    summaryZh: '答复：成立、部分成立或不成立，写明理由',
    access: 'objection.answer',
    params: idParams,
    body: z.object({ outcome: z.enum(ANSWERS), reason }),
    response: ref,
    errors: [...ANSWERING, 'text.unfit'],
  },
  'objections.withdraw': {
    summary: 'Key in that an objector on paper withdraws',
    summaryZh: '登记书面异议人撤回',
    access: 'objection.answer',
    params: idParams,
    body: z.object({ reason }),
    response: ref,
    errors: [...ANSWERING, 'objection.by_phone'],
  },
  'objections.appeal': {
    summary: 'Key in that an objector asks a supervisor to look at the answer',
    summaryZh: '登记异议人不服答复，请监督员复核',
    access: 'objection.keep',
    params: idParams,
    body: z.object({ reason }),
    response: ref,
    errors: ['objection.not_found', 'objection.state', 'objection.no_appeal', 'objection.appeal_late'],
  },
  'objections.judge': {
    summary: 'As a supervisor, let an answer stand, or send the objection to people who had no part in it',
    summaryZh: '监督员复核：维持答复，或者交没有参与过的人重新答复',
    access: 'objection.judge',
    params: idParams,
    body: z.object({ verdict: z.enum(['stand', 'send_back']), reason }),
    response: ref,
    errors: [...ANSWERING, 'text.unfit'],
  },
  'objections.refer': {
    summary: 'Print the sheet by which an answer that a supervisor let stand goes up to the township',
    summaryZh: '打印请镇里复核的材料',
    access: 'objection.refer',
    params: idParams,
    body: z.object({
      namesObjector: z.boolean().describe('The objector asks to be named on it'),
    }),
    response: ref,
    errors: [...REFERRING, 'objection.unnamed'],
  },
  'objections.township': {
    summary: 'Key in what the township answered. It moves no points',
    summaryZh: '登记镇里的答复，积分不动',
    access: 'objection.refer',
    params: idParams,
    body: z.object({ answer: z.enum(TOWNSHIP_ANSWERS), reason }),
    response: ref,
    errors: [...REFERRING, 'text.unfit'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
export { endpoints } from './endpoints.ts';
export { errors } from './errors.ts';
export { permissions } from './permissions.ts';
