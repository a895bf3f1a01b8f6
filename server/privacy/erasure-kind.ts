import { askNow, together } from '../commands/index.ts';
import { bookActs } from '../acts/index.ts';
import {
  actAtOf,
  askForErasure,
  type EraseHousehold,
  type ProposalKindDef,
  refuseErasure,
} from '../proposals/index.ts';

/** Carries out an approved erasure. The account has ended, and no points move. */
export function erasureKind(erase: EraseHousehold): ProposalKindDef {
  return {
    names: ['erasure'],
    isOfClosed: true,
    async approve(work, { row: { householdId, proposedBy } }) {
      refuseErasure(await askNow(work.tx, work.villageId, together(askForErasure(householdId))));
      await erase(work.tx, { villageId: work.villageId, id: householdId, nowMs: work.nowMs });
      const on = `household:${householdId}` as const;
      const erased = { act: 'households.erased', on, is: { proposedBy } } as const;
      await bookActs(work.ledger, work.tx, actAtOf(work), [erased]);
      return null;
    },
  };
}
