import { z } from 'zod';
import { BODY_BYTES_MAX, type OperationsOf } from '../operation.ts';
import { day, entryNumber, hundredths, id, idParams, line, required } from '../fields.ts';
import { EVIDENCE_MOST } from '../pictures/limits.ts';
import { optionName } from '../rules/contract.ts';
import { batchChoice, ids } from './batch-choice.ts';
import type { endpoints } from './endpoints.ts';
import { isNamed } from './named-proposals.ts';
import { PROPOSALS_AT_ONCE_MOST, SKIPPED_WHY } from './states.ts';

/** Needed where a cap of the rule counts by member or by event. */
export const deedWords = {
  member: line(30).optional().describe('The member of the household: 长子. A word, as people say it'),
  event: line(30).optional().describe('What it is about: a wedding, a place, a certificate'),
};

/** Needed where the rule names several, and two of them have the same points. */
const option = optionName
  .optional()
  .describe('Which of the options of the rule it is; its points alone say so where no other has them');

const pictureIds = z.array(id).max(EVIDENCE_MOST);

type OfMaking =
  'proposals.create' | 'proposals.correct' | 'proposals.createReversal' | 'proposals.reverseBatch';

/** Deeds and reversals are proposed, and corrected. */
export const makingOperations = {
  'proposals.create': {
    summary: 'Propose one deed for one household or many',
    summaryZh: '为一户或多户申报一件事',
    access: 'proposal.make',
    bodyBytesMax: BODY_BYTES_MAX.batch,
    body: z.object({
      ruleId: id,
      householdIds: z.array(id).min(1).max(PROPOSALS_AT_ONCE_MOST),
      points: hundredths
        .optional()
        .describe('Where the rule leaves it open; hundredths, signed like the rule'),
      option,
      note: line(200).default(''),
      effectiveOn: day.optional().describe('Today when left out; never in the future'),
      pictureIds: pictureIds.optional(),
      ...deedWords,
    }),
    response: z.object({ batchId: id, ids: z.array(id) }),
    errors: [
      'proposal.administrator',
      'rule.not_found',
      'rule.disabled',
      'rule.wrong_proposer',
      'rule.points',
      'rule.option_missing',
      'rule.cap_times',
      'rule.cap_points',
      'proposal.member_missing',
      'proposal.event_missing',
      'household.not_found',
      'household.closed',
      'proposal.future_day',
      'picture.not_found',
      ...(['deduction.no_reminder', 'deduction.not_delivered'] as const),
      ...(['deduction.too_early', 'deduction.lapsed'] as const),
    ],
  },
  'proposals.correct': {
    summary: 'Correct deeds that were sent back, and send them again; all or none',
    summaryZh: '更正被退回的申报并重新提交；要么全部，要么都不',
    access: 'proposal.correct',
    bodyBytesMax: BODY_BYTES_MAX.batch,
    body: z
      .object({
        ids: ids.optional(),
        batch: batchChoice.optional().describe('Instead of `ids`: all of this batch that was sent back'),
        ruleId: id,
        points: hundredths.optional().describe('Where the rule leaves it open'),
        option,
        note: line(200),
        effectiveOn: day,
        pictureIds,
        ...deedWords,
      })
      .refine(isNamed, { path: ['ids'] }),
    response: z.object({ ids: z.array(id) }),
    errors: [
      'proposal.administrator',
      'proposal.not_found',
      'proposal.not_yours',
      'proposal.state',
      'proposal.changed',
      'proposal.none_chosen',
      'proposal.too_many_chosen',
      'proposal.not_a_deed',
      'deduction.other_rule',
      'proposal.future_day',
      'rule.not_found',
      'rule.disabled',
      'rule.wrong_proposer',
      'rule.points',
      'rule.option_missing',
      'rule.cap_times',
      'rule.cap_points',
      'proposal.member_missing',
      'proposal.event_missing',
      'picture.not_found',
    ],
  },
  'proposals.createReversal': {
    summary: 'Propose to reverse an entry',
    summaryZh: '申报冲正一笔账',
    access: 'proposal.make',
    body: z.object({ number: entryNumber, reason: required(200) }),
    response: z.object({ id }),
    errors: [
      'proposal.administrator',
      'ledger.entry_not_found',
      'ledger.already_reversed',
      'ledger.partly_returned',
      'ledger.not_reversible',
      'proposal.reversal_waiting',
      'household.closed',
    ],
  },
  'proposals.reverseBatch': {
    slow: true,
    summary: 'Propose to reverse all or some entries of a batch that was posted, as one batch',
    summaryZh: '把已入账的一批整批或挑几条申报冲正，合成一批',
    access: 'proposal.make',
    bodyBytesMax: BODY_BYTES_MAX.batch,
    params: idParams,
    body: z
      .object({
        reason: required(200),
        ids: ids.optional().describe('Proposals of the batch whose entries were wrong; all when left out'),
        except: ids.optional().describe('Instead of `ids`: all but these'),
      })
      .refine(({ ids: only, except }) => only === undefined || except === undefined, { path: ['except'] }),
    response: z.object({
      batchId: id.describe('Of the reversals, which a second person decides'),
      ids: z.array(id),
      skipped: z
        .array(
          z.object({
            number: entryNumber,
            why: z.enum(SKIPPED_WHY).describe('Reversed already, waiting to be reversed, or closed'),
          }),
        )
        .describe('Entries that were chosen and are not proposed'),
    }),
    errors: [
      'proposal.administrator',
      'proposal.not_found',
      'proposal.nothing_to_reverse',
      'proposal.too_many_chosen',
    ],
  },
} as const satisfies OperationsOf<Pick<typeof endpoints, OfMaking>>;
