import { NO_WORDS } from '../../shared/rules/caps.ts';
import type { endpoints } from '../../shared/proposals/endpoints.ts';
import type { Call } from '../commands/index.ts';
import type { CommandContext, HandlersOf, RandomBytes, ReadContext } from '../http/index.ts';
import { randomBelow, type TokenKeys } from '../identity/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { listBatches } from './batches.ts';
import { correct } from './correct.ts';
import { createChange } from './change.ts';
import { listConcerns } from './concerns.ts';
import { createAwards, createReversal } from './create.ts';
import { decide } from './decide.ts';
import { unlessAdministrator } from './may-decide.ts';
import { createMarkStamps, type Marked } from './mark-stamps.ts';
import { checkKinds, type ProposalKindDef } from './proposal-kind.ts';
import { reverseBatch } from './reverse-batch.ts';
import { habitsOf } from './suggestions.ts';
import { capStanding } from './cap-standing.ts';
import { countWaiting, getProposal, listProposals } from './list.ts';
import { toldSteps } from './told-steps.ts';
import { checkTransitions } from './transitions.ts';

export interface ProposalsServices {
  readonly ledger: Ledger;
  readonly random: RandomBytes;
  readonly proposalKinds: readonly ProposalKindDef[];
  /** Sign when the mark of a proposal was handed out. */
  readonly markKeys: TokenKeys;
}

export function proposalsHandlers({
  ledger,
  random,
  proposalKinds: kinds,
  markKeys,
}: ProposalsServices): HandlersOf<typeof endpoints> {
  checkTransitions();
  checkKinds(kinds);
  const stamps = createMarkStamps(markKeys);
  const told = <Answer>(context: CommandContext, call: Call<Answer>) =>
    toldSteps({ ...context, ledger }, call);
  const viewerOf = ({ village, actor }: ReadContext) => ({ villageId: village.id, actor });
  const stamped = ({ village, actor, nowMs }: ReadContext) => {
    const reading = { villageId: village.id, actorId: actor.id, nowMs };
    return <Shown extends Marked>(shown: Shown): Shown => ({
      ...shown,
      mark: stamps.stamp(reading, shown),
    });
  };
  return {
    'proposals.list': async ({ query }, context) => {
      const { items, next } = await listProposals(context.reader, viewerOf(context), query);
      return { items: items.map(stamped(context)), next };
    },

    'proposals.batches': async ({ query }, context) => {
      const { items, next } = await listBatches(context.reader, viewerOf(context), query);
      const stamp = stamped(context);
      return { items: items.map((batch) => ({ ...stamp(batch), first: batch.first.map(stamp) })), next };
    },

    'proposals.get': async ({ params: { id } }, context) =>
      stamped(context)(await getProposal(context.reader, viewerOf(context), id)),

    'proposals.concerns': async ({ query: { batchIds } }, context) => {
      const { items } = await listConcerns(
        context.reader,
        { ...viewerOf(context), today: context.today },
        batchIds.split(','),
      );
      const stamp = stamped(context);
      return {
        items: items.map((batch) => ({
          ...batch,
          rows: batch.rows.map((row) => ({ ...row, proposal: stamp(row.proposal) })),
        })),
      };
    },

    'proposals.waiting': (_, { reader, village, actor }) => countWaiting(reader, village.id, actor),

    'proposals.habits': (_, { reader, village, actor }) => habitsOf(reader, village.id, actor.id),

    'proposals.standing': ({ query: { householdIds, ...query } }, { reader, village, today }) =>
      capStanding(reader, village.id, {
        ...{ effectiveOn: today, today, ...NO_WORDS, ...query },
        householdIds: householdIds.split(','),
      }),

    'proposals.create': {
      command: ({ body }, context) =>
        told(context, unlessAdministrator(context, createAwards.with(body, context))),
    },

    'proposals.correct': {
      command: ({ body }, context) =>
        told(context, unlessAdministrator(context, correct.with(body, context))),
    },

    'proposals.createReversal': {
      command: ({ body }, context) =>
        told(context, unlessAdministrator(context, createReversal.with(body, { ...context, ledger }))),
    },

    'proposals.reverseBatch': {
      command: ({ params: { id: batchId }, body }, context) =>
        told(
          context,
          unlessAdministrator(context, reverseBatch.with({ batchId, ...body }, { ...context, ledger })),
        ),
    },

    'households.proposeChange': {
      command: ({ params: { id: householdId }, body }, context) =>
        told(context, unlessAdministrator(context, createChange.with({ householdId, body }, context))),
    },

    'proposals.decide': {
      command({ body }, context) {
        const randomInt = (below: number) => randomBelow(random, below);
        const { settings } = context.village;
        const handedOutAt = (marked: Marked) => stamps.handedOutAt(context, marked);
        const at = { ...context, ledger, settings, randomInt, kinds, handedOutAt };
        return told(context, decide.with(body, at));
      },
    },
  };
}
