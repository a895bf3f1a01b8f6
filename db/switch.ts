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
   * Lets nobody in any more and waits for those inside. `before` still has the old database; then it is closed,
   * `replace` has its place for itself, and what stands there afterwards is opened, also when `replace` failed.
   */
  exchange<T>(before: (old: Store) => Promise<unknown>, replace: () => Promise<T>): Promise<T>;
}

const PATIENCE_MS = 60_000;
const LOOK_MS = 20;

/** A store that is one already stays what it is. */
export function createSwitch(first: Store | SwitchStore, open: () => Promise<Store>): SwitchStore {
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
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  return {
    engine: first.engine,
    read: (work) => enter((store) => store.read(work)),
    transaction: (work, ofVillage) => enter((store) => store.transaction(work, ofVillage)),
    refuseWrites: () => current.refuseWrites?.(),
    close: () => current.close(),
    async exchange(before, replace) {
      if (isShut) throw new StoreShut();
      isShut = true;
      try {
        await untilEmpty();
        await before(current);
        await current.close();
        try {
          return await replace();
        } finally {
          current = await open();
        }
      } finally {
        isShut = false;
      }
    },
  };
}
