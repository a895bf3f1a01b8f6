import { inject, type InjectionKey, type ShallowRef } from 'vue';
import type { Failure } from '../../api/index.ts';
import type { KeptRow } from '../../outbox/outbox-disk.ts';

/** The device's outbox as screens show it. */
export interface OutboxView {
  /** All rows of the device, also answered ones that are not forgotten yet. */
  readonly rows: Readonly<ShallowRef<readonly KeptRow[]>>;
  /** Why the server lets nobody in; null while it does, or cannot be reached. */
  readonly blockedBy: () => Failure | null;
  /** The first six letters of its key: the desk compares them before it confirms one. Empty: it has none. */
  readonly keyName: () => string;
  /** The device signs its rows. Without signatures nothing is handed out on its own word. */
  readonly isSigning: () => boolean;
}

export const outboxViewKey: InjectionKey<OutboxView> = Symbol('outbox view');

/** Null where the counter keeps no outbox, as in the practice. */
export function useOutboxView(): OutboxView | null {
  return inject(outboxViewKey, null);
}
