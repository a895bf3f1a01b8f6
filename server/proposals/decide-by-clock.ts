import type { Tx } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import { createIds, type RandomBytes, readVillage } from '../http/index.ts';
import { randomBelow } from '../identity/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { CLOCK } from './may-decide.ts';
import type { DecisionAt, ProposalKindDef } from './proposal-kind.ts';

/** The services by which a clock posts. */
export interface ClockServices {
  readonly ledger: Ledger;
  readonly random: RandomBytes;
  readonly proposalKinds: readonly ProposalKindDef[];
}

/** The context in which the clock takes its steps in a village. Call it under the village's lock. */
export async function decideByClock(
  {
    clock,
    random,
    ledger,
    proposalKinds: kinds,
  }: ClockServices & {
    readonly clock: () => number;
  },
  tx: Tx,
  villageId: string,
): Promise<DecisionAt> {
  const village = await readVillage(tx, villageId);
  if (!village) throw new Error(`no village ${villageId}`);
  const nowMs = clock();
  const { settings } = village;
  return {
    ...{ villageId, actor: CLOCK, actorId: CLOCK.id, nowMs, settings, ledger, kinds },
    today: businessDay(nowMs, settings.timeZone),
    newId: createIds(clock, random),
    randomInt: (below) => randomBelow(random, below),
  };
}
