import { z } from 'zod';
import { BODY_BYTES_MAX, type OperationsOf } from '../operation.ts';
import {
  id,
  pageId,
  hundredths,
  instantMs,
  day,
  entryNumber,
  line,
  limit,
  idParams,
  pageOf,
} from '../fields.ts';
import type { endpoints } from './endpoints.ts';
import { householdChange } from '../households/contract.ts';
import { cap } from '../rules/contract.ts';
import { PROPOSAL_ACTIONS, PROPOSAL_STATES, PROPOSALS_AT_ONCE_MOST, STANDING_MOST } from './states.ts';
import { mark, proposal } from './proposal.ts';
import { batch } from './batch.ts';
import { batchChoice, ids } from './batch-choice.ts';
import { deedWords, makingOperations } from './making-contract.ts';
import { isLookedAt, isNamed } from './named-proposals.ts';
import { CONCERN_BATCHES_MOST, CONCERN_ROWS_MOST, concern } from './concerns.ts';

export const operations = {
  'proposals.list': {
    summary: 'Proposals, newest first unless asked otherwise',
    summaryZh: '申报，不另说明时最新的在前',
    access: 'proposal.read',
    query: z.object({
      state: z.enum(PROPOSAL_STATES).optional(),
      open: z
        .stringbool()
        .optional()
        .describe('Only those whose entry is still to come; false: only the others'),
      mine: z.stringbool().optional(),
      householdId: id.optional(),
      batchId: id.optional(),
      order: z.enum(['newest', 'oldest']).default('newest'),
      before: pageId.optional().describe('Those proposed before this one: the next page of `newest`'),
      after: pageId.optional().describe('Those proposed after this one: the next page of `oldest`'),
      limit: limit.default(50),
    }),
    response: pageOf(proposal),
    errors: [],
  },
  'proposals.get': {
    summary: 'One proposal with its history',
    summaryZh: '一条申报和它的经过',
    access: 'proposal.read',
    params: idParams,
    response: proposal.extend({
      history: z.array(
        z.object({
          from: z.enum(PROPOSAL_STATES).nullable(),
          to: z.enum(PROPOSAL_STATES),
          by: z.string(),
          reason: z.string(),
          atMs: instantMs,
        }),
      ),
      reversedBy: entryNumber.nullable().describe('The entry that took its own back; null: none did'),
    }),
    errors: ['proposal.not_found'],
  },
  'proposals.waiting': {
    summary: 'How many proposals wait for the caller',
    summaryZh: '有多少条在等本人办',
    access: 'proposal.read',
    response: z.object({
      waitingForMe: z.int().describe('Proposals this caller may decide'),
      returnedToMe: z.int(),
    }),
    errors: [],
  },
  'proposals.habits': {
    summary: 'What the caller and the village propose most, and whom the caller proposed last',
    summaryZh: '本人和全村最常用的细则，本人最近申报过的农户',
    access: 'proposal.make',
    response: z.object({
      ruleIds: z.array(id).describe('Most used first'),
      households: z.array(z.object({ id, number: z.string(), head: z.string(), group: z.string() })),
    }),
    errors: [],
  },
  'proposals.standing': {
    summary: 'What stands for households under the cap of a rule, in the period of a day',
    summaryZh: '一条细则在某天所在的期间里，各户已有几次、几分',
    access: 'proposal.correct',
    query: z.object({
      ruleId: id,
      effectiveOn: day.optional().describe('Today when left out; never in the future'),
      ...deedWords,
      householdIds: z
        .string()
        .max(STANDING_MOST * 65)
        .regex(/^[A-Za-z0-9_-]{1,64}(?:,[A-Za-z0-9_-]{1,64})*$/)
        .refine((ids) => ids.split(',').length <= STANDING_MOST)
        .describe('Ids with commas between them, 100 at most'),
    }),
    response: z.object({
      caps: z
        .array(cap.extend({ first: day, last: day }))
        .describe('The caps of the rule, with the period that the day lies in'),
      items: z
        .array(
          z.object({
            householdId: id,
            uses: z
              .array(
                z.object({
                  times: z.int(),
                  points: hundredths,
                  waiting: z.int().describe('How many of them wait to be decided'),
                }),
              )
              .describe('One for each of the caps'),
          }),
        )
        .describe('Households for which nothing stands are left out'),
    }),
    errors: ['rule.not_found', 'proposal.future_day'],
  },
  ...makingOperations,
  'proposals.decide': {
    slow: true,
    summary: 'Approve, send back, withdraw or send again; all or none',
    summaryZh: '批准、退回、撤回或重新提交；要么全部，要么都不',
    access: 'proposal.read',
    bodyBytesMax: BODY_BYTES_MAX.batch,
    body: z
      .object({
        action: z.enum(PROPOSAL_ACTIONS),
        ids: ids.optional(),
        reason: line(200).default(''),
        marks: z
          .array(mark)
          .max(PROPOSALS_AT_ONCE_MOST)
          .optional()
          .describe(
            'The `mark` of each of `ids` as the caller saw it, in their order: what has changed since is refused. Needed to approve',
          ),
        batches: z
          .array(batchChoice)
          .min(1)
          .max(PROPOSALS_AT_ONCE_MOST)
          .optional()
          .describe(
            'Beside `ids` or instead of them: all of each batch that waits for this action and that this caller may decide. More than 1,200 proposals in all are refused',
          ),
      })
      .refine(isNamed, { path: ['ids'] })
      .refine(isLookedAt, { path: ['marks'] }),
    response: z.object({
      state: z.enum(PROPOSAL_STATES),
      ids: z.array(id),
      onNotice: z.int().describe('How many of them are on notice now: their points move at its end'),
      journalNumbers: z
        .array(entryNumber)
        .describe(
          'The entries posted, in the order of `ids`; a household without points changes without one',
        ),
    }),
    errors: [
      'auth.forbidden',
      'proposal.not_found',
      'proposal.state',
      'proposal.changed',
      'proposal.none_chosen',
      'proposal.too_many_chosen',
      'proposal.member_missing',
      'proposal.event_missing',
      'proposal.opening_stands',
      'proposal.administrator',
      'proposal.unconfirmed',
      'proposal.before_confirmed',
      'proposal.own_entry',
      'proposal.judged',
      'proposal.own_household',
      'proposal.contested',
      'proposal.not_yours',
      'rule.cap_times',
      'rule.cap_points',
      'budget.used_up',
      'ledger.points_short',
      'ledger.already_reversed',
      'ledger.partly_returned',
      'household.closed',
      'household.number_taken',
      'household.waiting',
      'household.held',
      'household.not_closed',
      'household.erased',
      'proposal.reason_missing',
      'ledger.stock_short',
      'ledger.overflow',
    ],
  },
  'proposals.concerns': {
    summary: 'What of waiting batches wants a look before it is approved, with the reasons',
    summaryZh: '待审的各批里哪些要细看，为什么',
    access: 'proposal.read',
    query: z.object({
      batchIds: z
        .string()
        .max(CONCERN_BATCHES_MOST * 65)
        .regex(/^[A-Za-z0-9_-]{1,64}(?:,[A-Za-z0-9_-]{1,64})*$/)
        .refine((ids) => ids.split(',').length <= CONCERN_BATCHES_MOST)
        .describe('Ids with commas between them, 50 at most'),
    }),
    response: z.object({
      items: z
        .array(
          z.object({
            batchId: id,
            count: z.int().describe('How many rows want a look'),
            kinds: z.array(z.object({ kind: concern.shape.kind, count: z.int() })),
            rows: z
              .array(z.object({ proposal, concerns: z.array(concern).min(1) }))
              .max(CONCERN_ROWS_MOST)
              .describe('The first of them, in the order they were proposed'),
          }),
        )
        .describe('Batches of which nothing wants a look are left out'),
    }),
    errors: [],
  },
  'proposals.batches': {
    summary: 'Proposals that were sent together, counted and summed whole; the newest batch first',
    summaryZh: '一起申报的放在一起，户数和合计都是整批的；最新的在前',
    access: 'proposal.read',
    query: z.object({
      state: z.enum(PROPOSAL_STATES).optional(),
      mine: z.stringbool().optional(),
      batchId: id.optional(),
      before: pageId.optional(),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    response: pageOf(batch),
    errors: [],
  },
  'households.proposeChange': {
    summary: 'Propose to split a household, to merge it into another, or to close it because it moved away',
    summaryZh: '申报分户、并户，或因迁走而销户',
    access: 'proposal.make',
    params: idParams,
    body: householdChange,
    response: z.object({ id: id.describe('Of the proposal, which a second person decides') }),
    errors: [
      'proposal.administrator',
      'household.not_found',
      'household.closed',
      'household.waiting',
      'household.held',
      'household.same',
      'household.number_taken',
      'household.split_points',
    ],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { errorWords, tags } from './words.ts';
