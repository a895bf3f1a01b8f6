import { setTimeout as sleep } from 'node:timers/promises';
import { type Store, StoreBusy } from './store.ts';

/** The database is being replaced: nothing was written, and the same call works in a while. */
export class StoreShut extends StoreBusy {
  constructor() {
    super('the database is being replaced');
    this.name = 'StoreShut';
  }
}

/** A store whose database can be replaced under whoever uses it. */
export interface SwitchStore extends Store {
  /**
   * Lets nobody in any more and waits for those inside; `callOff` may ask them to end. `before` still has the old
   * database. Then it is closed, and `replace` has its place to itself. Afterwards the database in that place is
   * opened, even if `replace` failed.
   */
  exchange<T>(
    before: (old: Store) => Promise<unknown>,
    replace: () => Promise<T>,
    callOff?: (reason: StoreShut) => void,
  ): Promise<T>;
}

export interface SwitchOptions {
  /** Called when the database could not be opened again in the whole time allowed: the store stays shut. */
  readonly onLost?: ((error: unknown) => void) | undefined;
  /** The time for which opening is tried. */
  readonly reopenMsMax?: number;
}

const PATIENCE_MS = 60_000;
const LOOK_MS = 20;
/** A PostgreSQL that broke off a restore may itself be starting again. */
const REOPEN_MS_MAX = 120_000;
const AGAIN_AFTER_MS_MIN = 100;
const AGAIN_AFTER_MS_MAX = 5_000;

/** Returns `first` unchanged if it is already swappable. */
export function createSwitch(
  first: Store | SwitchStore,
  open: () => Promise<Store>,
  { onLost, reopenMsMax = REOPEN_MS_MAX }: SwitchOptions = {},
): SwitchStore {
  if ('exchange' in first) return first;
  let current = first;
  let isShut = false;
  let inside = 0;

  async function enter<T>(work: (store: Store) => Promise<T>): Promise<T> {
    if (isShut) throw new StoreShut();
    inside += 1;
    try {
      return await work(current);
    } finally {
      inside -= 1;
    }
  }

  async function untilEmpty(): Promise<void> {
    const lateMs = performance.now() + PATIENCE_MS;
    while (inside > 0) {
      if (performance.now() > lateMs) throw new StoreBusy('somebody stays at work on the database');
      await sleep(LOOK_MS);
    }
  }

  async function reopen(): Promise<Store> {
    const lateMs = performance.now() + reopenMsMax;
    for (let afterMs = AGAIN_AFTER_MS_MIN; ; afterMs = Math.min(2 * afterMs, AGAIN_AFTER_MS_MAX)) {
      try {
        return await open();
      } catch (error) {
        if (performance.now() + afterMs > lateMs) {
          onLost?.(error);
          throw error;
        }
      }
      await sleep(afterMs);
    }
  }

  return {
    engine: first.engine,
    read: (work) => enter((store) => store.read(work)),
    transaction: (work, ofVillage) => enter((store) => store.transaction(work, ofVillage)),
    refuseWrites: () => current.refuseWrites?.(),
    close: () => current.close(),
    async exchange(before, replace, callOff) {
      if (isShut) throw new StoreShut();
      isShut = true;
      try {
        callOff?.(new StoreShut());
        await untilEmpty();
        await before(current);
      } catch (error) {
        isShut = false;
        throw error;
      }
      try {
        await current.close();
        return await replace();
      } finally {
        current = await reopen();
        isShut = false;
      }
    },
  };
}
