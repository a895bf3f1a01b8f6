import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';

/** Everything this device keeps, by kind. One schema for all faces: they share an origin. */
export interface DeviceSchema extends DBSchema {
  photos: { key: string; value: unknown };
  drafts: { key: string; value: unknown };
  /** What was sent and is not answered yet, by idempotency key (client/intent/intent-store.ts). */
  intents: { key: string; value: unknown };
  /** A basket at the counter that was not sent yet. */
  baskets: { key: string; value: unknown };
}

export type DeviceKind = 'photos' | 'drafts' | 'intents' | 'baskets';

type Mode = 'readonly' | 'readwrite';
export type DeviceTransaction<M extends Mode> = IDBPTransaction<DeviceSchema, DeviceKind[], M>;

/** The browser's database. Every failure rejects; what became of a write that failed must be read afterwards. */
export interface Device {
  readonly read: <T>(
    kinds: DeviceKind[],
    work: (transaction: DeviceTransaction<'readonly'>) => Promise<T>,
  ) => Promise<T>;
  /** Resolves when all of it is on the disk. Other work inside it than that of this transaction ends it early. */
  readonly write: (
    kinds: DeviceKind[],
    work: (transaction: DeviceTransaction<'readwrite'>) => Promise<unknown>,
  ) => Promise<void>;
}

const KINDS: readonly DeviceKind[] = ['photos', 'drafts', 'intents', 'baskets'];
const VERSION = 1;

export function openDevice(name = 'jishan'): Device {
  let connecting: Promise<IDBPDatabase<DeviceSchema>> | null = null;

  function connect(): Promise<IDBPDatabase<DeviceSchema>> {
    const opened = (connecting ??= openDB<DeviceSchema>(name, VERSION, {
      upgrade(database) {
        for (const kind of KINDS) database.createObjectStore(kind);
      },
      // Another page brings a later version: it waits until this connection is closed.
      blocking(_now, _then, event) {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    }));
    opened.catch(forget);
    return opened;
  }

  function forget(): void {
    connecting = null;
  }

  /** A connection can die without telling (an unreadable disk does that). It then refuses to begin: another is opened. */
  async function begin<M extends Mode>(kinds: DeviceKind[], mode: M): Promise<DeviceTransaction<M>> {
    // Strict: the browser says "complete" when it is on the disk, and not in a buffer of the system.
    const options = { durability: 'strict' } as const;
    try {
      return (await connect()).transaction(kinds, mode, options);
    } catch {
      forget();
      return (await connect()).transaction(kinds, mode, options);
    }
  }

  async function run<M extends Mode, T>(
    kinds: DeviceKind[],
    mode: M,
    work: (transaction: DeviceTransaction<M>) => Promise<T>,
  ): Promise<T> {
    const transaction = await begin(kinds, mode);
    const ended = transaction.done;
    // Where the work itself throws first, nobody else would hear how the transaction ended.
    ended.catch(() => undefined);
    try {
      const result = await work(transaction);
      await ended;
      return result;
    } catch (error) {
      abort(transaction);
      transaction.db.close();
      forget();
      throw error;
    }
  }

  return {
    read: (kinds, work) => run(kinds, 'readonly', work),
    async write(kinds, work) {
      await run(kinds, 'readwrite', work);
    },
  };
}

/** Half of a write is never kept. */
function abort(transaction: { readonly abort: () => void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
