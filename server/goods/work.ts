import type { Tx } from '../../db/store.ts';
import type { WriteContext } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';

/** The person, time and village that a service works for; no more of a request than it needs. */
export interface Work {
  readonly tx: Tx;
  readonly ledger: Ledger;
  readonly villageId: string;
  /** Staff or volunteer id, or 'system'. */
  readonly actorId: string;
  readonly nowMs: number;
  /** Business day, YYYY-MM-DD. */
  readonly today: string;
  readonly idempotencyKey: string;
  newId(): string;
}

export function workOf(context: WriteContext, ledger: Ledger): Work {
  return {
    tx: context.tx,
    ledger,
    villageId: context.village.id,
    actorId: context.actor.id,
    nowMs: context.nowMs,
    today: context.today,
    idempotencyKey: context.idempotencyKey,
    newId: () => context.newId(),
  };
}
