import { z } from 'zod';
import { toldAct } from '../acts/contract.ts';
import { done, id, idParams, instantMs, limit, line, required } from '../fields.ts';
import { BODY_BYTES_MAX, type OperationsOf } from '../operation.ts';
import { mark } from '../proposals/proposal.ts';
import type { endpoints } from './endpoints.ts';
import { CHANGE_STATES, OVER } from './states.ts';

const state = z.enum(CHANGE_STATES);

/** A change as this caller sees it. */
const change = z.object({
  id,
  operation: z.string().describe('The operation that is carried out when somebody agrees: `goods.update`'),
  told: toldAct.describe('What it would do, to what, before and after'),
  reason: z.string().describe('What the proposer says to it; empty: nothing'),
  state,
  proposedBy: z.string(),
  proposedAtMs: instantMs,
  decidedBy: z.string().nullable(),
  decidedAtMs: instantMs.nullable(),
  note: z.string().nullable().describe('Why it was refused'),
  isPermit: z.boolean().describe('Agreeing allows something that is then done once, within a day'),
  permit: z
    .object({ untilMs: instantMs, usedAtMs: instantMs.nullable() })
    .nullable()
    .describe('Once agreed: until when it may be used, and when it was'),
  mark: mark.describe('What it shows, in one word; comes along with an agreement'),
  mayDecide: z.boolean().describe('Whether this caller may agree or refuse'),
  whyNot: z
    .enum([
      ...(['own_entry', 'own_household', 'role', 'state'] as const),
      ...(['administrator', 'unconfirmed', 'before_confirmed'] as const),
    ])
    .nullable(),
  isMine: z.boolean(),
});
export type Change = z.infer<typeof change>;

const DECIDING = [
  'change.not_found',
  'proposal.administrator',
  'proposal.unconfirmed',
  'proposal.before_confirmed',
  'proposal.own_entry',
  'proposal.own_household',
  'change.state',
] as const;

export const operations = {
  'changes.list': {
    summary: 'Changes that need a second person: those that wait first, then the latest',
    summaryZh: '要第二个人同意的改动：等着的在前，其余最新的在前',
    access: 'change.read',
    query: z.object({
      state: z
        .enum([...CHANGE_STATES, OVER])
        .optional()
        .describe('over: all that do not wait'),
      after: z.string().max(40).optional().describe('`next` of the page before'),
      limit: limit.default(50),
    }),
    response: z.object({
      items: z.array(change),
      next: z.string().nullable(),
      waiting: z.int().describe('How many wait in all'),
      waitingForMe: z.int().describe('How many this caller may decide'),
    }),
    errors: [],
  },
  'changes.get': {
    summary: 'One change that needs a second person',
    summaryZh: '一项要第二个人同意的改动',
    access: 'change.read',
    params: idParams,
    response: change,
    errors: ['change.not_found'],
  },
  'changes.propose': {
    summary: 'Hand in a change that one person may not make alone, as it would be sent to its own operation',
    summaryZh: '提交一项一个人不能办的改动，内容和直接办时一样',
    access: 'change.propose',
    bodyBytesMax: BODY_BYTES_MAX.batch,
    body: z.object({
      operation: z.string().max(60).describe('The operation that answered `change.needs_second`'),
      params: z.record(z.string(), z.string()).default({}).describe('The parameters of its path'),
      body: z.record(z.string(), z.unknown()).default({}).describe('Its body, by its own contract'),
      reason: line(200).default(''),
    }),
    response: change,
    errors: ['change.not_needed', 'change.waiting'],
  },
  'changes.agree': {
    summary: 'Agree to a change, which is carried out with it',
    summaryZh: '同意一项改动，同时办掉',
    access: 'change.decide',
    params: idParams,
    body: z.object({ mark: mark.describe('The mark of what this caller saw') }),
    response: change,
    errors: [...DECIDING, 'change.seen_otherwise', 'change.moved_on'],
  },
  'changes.refuse': {
    summary: 'Refuse a change, and say why',
    summaryZh: '不同意一项改动，并写明原因',
    access: 'change.decide',
    params: idParams,
    body: z.object({ note: required(200) }),
    response: done,
    errors: DECIDING,
  },
  'changes.withdraw': {
    summary: 'Withdraw a change of one’s own that still waits',
    summaryZh: '撤回自己提交、还没有人同意的改动',
    access: 'change.propose',
    params: idParams,
    response: done,
    errors: ['change.not_found', 'proposal.not_yours', 'change.state'],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
