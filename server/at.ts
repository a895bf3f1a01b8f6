import type { Tx } from '../db/index.ts';
import type { AgreedBy } from '../shared/acts/act.ts';
import type { Via } from '../shared/acts/via.ts';
import type { ToldChange } from '../shared/changes/told-change.ts';
import type { VillageSettings } from '../shared/village/settings.ts';
import type { Ledger } from './ledger/index.ts';

/** The village, person and time that a command decides with. */
export interface DecideAt {
  readonly villageId: string;
  /** Staff or volunteer id, or 'system'. */
  readonly actorId: string;
  readonly nowMs: number;
  /** Business day, YYYY-MM-DD. */
  readonly today: string;
  readonly newId: () => string;
}

/** The same for a command that drafts an entry under its own key. */
export interface DraftAt extends DecideAt {
  readonly ledger: Pick<Ledger, 'draft' | 'draftReversal' | 'kinds'>;
  readonly idempotencyKey: string;
}

/** Somebody else's agreement to a change that is being carried out. */
export interface Agreement {
  readonly by: AgreedBy;
  /** Throws when this is not the change that was agreed to. */
  readonly covers: (change: ToldChange) => void;
}

/** The context of a change that one person may not make alone once the books are open. */
export interface GuardedAt {
  readonly village: { readonly openedAtMs: number | null; readonly settings: VillageSettings };
  readonly agreed?: Agreement | undefined;
}

/** The person, day and way of acts that go into the book of acts. */
export interface ActAt extends Pick<DecideAt, 'villageId' | 'actorId' | 'today' | 'newId'> {
  readonly via: Via;
}

/** The same with the transaction, for work that is no command. The context of a write is one. */
export interface At extends DecideAt {
  readonly tx: Tx;
}

/** The same for work that posts an entry under its own key. */
export interface BookingAt extends At {
  readonly ledger: Ledger;
  readonly idempotencyKey: string;
}
