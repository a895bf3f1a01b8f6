import type { EndpointsOf, Handlers, ReadContext, WriteContext } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { correct } from './correct.ts';
import { type AwardWork, createAwards, createReversal } from './create.ts';
import { decide } from './decide.ts';
import { getProposal, listProposals } from './list.ts';
import { checkTransitions } from './transitions.ts';

export interface AwardsDeps {
  readonly ledger: Ledger;
}

export function awardsHandlers({ ledger }: AwardsDeps): Handlers<EndpointsOf<'proposals'>> {
  checkTransitions();
  const viewerOf = ({ village, actor }: ReadContext) => ({ villageId: village.id, actor });
  return {
    'proposals.list': ({ query }, context) => listProposals(context.reader, viewerOf(context), query),

    'proposals.get': ({ params: { id } }, context) => getProposal(context.reader, viewerOf(context), id),

    'proposals.create': ({ body }, context) => createAwards(workOf(context), body),

    'proposals.correct': ({ body }, context) => correct({ ...workOf(context), actor: context.actor }, body),

    'proposals.createReversal': ({ body }, context) => createReversal(workOf(context), body),

    'proposals.decide': ({ body }, context) =>
      decide({ ...workOf(context), ledger, actor: context.actor, settings: context.village.settings }, body),
  };
}

function workOf(context: WriteContext): AwardWork {
  const { tx, village, nowMs, today, actor } = context;
  return { tx, villageId: village.id, nowMs, today, actorId: actor.id, newId: () => context.newId() };
}
