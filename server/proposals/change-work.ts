import type { ActAt, At } from '../at.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Doer } from './may-decide.ts';

/** The work of carrying out one proposal by itself. */
export interface ChangeWork extends At {
  readonly ledger: Ledger;
  /** For the codes of new cards; answers 0…below−1, unpredictably. */
  readonly randomInt: (below: number) => number;
  readonly actor: Pick<Doer, 'kind'>;
}

/** People decide at the desk; the clock is the server itself. */
export function actAtOf({ villageId, actorId, today, newId, actor }: ChangeWork): ActAt {
  return { villageId, actorId, today, newId, via: actor.kind === 'clock' ? 'server' : 'desk' };
}
