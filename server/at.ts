import type { Tx } from '../db/index.ts';
import type { Ledger } from './ledger/index.ts';

/** The transaction, village, person and time that a command works with. The context of a write is one. */
export interface At {
  readonly tx: Tx;
  readonly villageId: string;
  /** Staff or volunteer id, or 'system'. */
  readonly actorId: string;
  readonly nowMs: number;
  /** Business day, YYYY-MM-DD. */
  readonly today: string;
  readonly newId: () => string;
}

/** The same for a command that posts an entry under its own key. */
export interface BookingAt extends At {
  readonly ledger: Ledger;
  readonly idempotencyKey: string;
}
