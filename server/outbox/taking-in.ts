import type { Store } from '../../db/index.ts';
import type { CommandObserver } from '../commands/index.ts';
import type { VillageContext } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { RowKind } from './row-kind.ts';

/** The carrier of rows, the place and the time. */
export interface TakingIn {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly village: VillageContext;
  readonly nowMs: number;
  readonly newId: () => string;
  readonly kinds: ReadonlyMap<string, RowKind>;
  readonly observer?: Pick<CommandObserver, 'onWritten' | 'ran'> | undefined;
  /** The kiosk that brings the rows; null: the desk, from a file. */
  readonly kioskId: string | null;
  /** The carrier says that the device holds no other row without an answer. */
  readonly isEmptyAfter: boolean;
  /** By the clock of the kiosk's device; null: it does not say, or the desk brings them. */
  readonly sentAtMs: number | null;
}
