import type { endpoints } from '../../shared/rechecks/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { checkAward } from './check.ts';
import { drawAwards } from './draw.ts';
import { listMonths } from './list.ts';
import { viewMonth } from './view.ts';

interface RechecksServices {
  readonly ledger: Ledger;
}

export function rechecksHandlers({ ledger }: RechecksServices): HandlersOf<typeof endpoints> {
  return {
    'rechecks.list': ({ query }, { reader, ...at }) => listMonths(reader, at, query),

    'rechecks.get': ({ params: { month } }, { reader, ...at }) => viewMonth(reader, at, month),

    'rechecks.draw': async ({ params: { month }, body }, context) => {
      const { draw, act } = await drawAwards(context.tx, context, { month, ...body });
      context.act(act);
      return { draw };
    },

    'rechecks.check': async ({ params: { month }, body }, context) => {
      const { proposalId, act } = await checkAward(context, ledger, { month, ...body });
      context.act(act);
      return { proposalId };
    },
  };
}
