import type { endpoints } from '../../shared/rounds/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { closeRound } from './close-round.ts';
import { findOpenRound } from './find-round.ts';
import { handIn } from './hand-in.ts';
import { possibleJudges } from './judges.ts';
import { openRound } from './open-round.ts';
import { THING } from './told-rounds.ts';
import { listRounds, viewRound } from './view-round.ts';

interface RoundsServices {
  readonly ledger: Ledger;
}

export function roundsHandlers({ ledger }: RoundsServices): HandlersOf<typeof endpoints> {
  return {
    'rounds.list': ({ query }, context) => listRounds(context.reader, context, query),

    'rounds.judges': async (_, { reader, village }) => {
      const judges = await possibleJudges(reader, village.id);
      return { items: judges.map(({ id, name }) => ({ id, name })) };
    },

    'rounds.get': ({ params: { id } }, context) => viewRound(context.reader, context, id),

    'rounds.open': async ({ body }, context) => {
      const { act, ...made } = await openRound(context, body);
      context.act(act);
      return made;
    },

    'rounds.handIn': async ({ params: { id }, body }, context) => {
      const { act, ...taken } = await handIn(context, { id, ...body });
      context.act(act);
      return taken;
    },

    'rounds.close': async ({ params: { id }, body }, context) => {
      const { act, ...closed } = await closeRound(context, ledger, { id, ...body });
      context.act(act);
      return closed;
    },

    'rounds.withdraw': async ({ params: { id }, body: { reason } }, context) => {
      const { tx, village, act } = context;
      await tx.lockBook(village.id);
      await findOpenRound(tx, village.id, id);
      act({ act: 'rounds.withdrawn', on: `${THING}:${id}`, is: { reason } });
      return { id };
    },
  };
}
