import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import { type Alarm, alarmClock, TimeLimitPassed, withinTime } from './time-limit.ts';

/** Everything this device keeps, by kind. One schema for all faces: they share an origin. */
export interface DeviceSchema extends DBSchema {
  photos: { key: string; value: unknown };
  drafts: { key: string; value: unknown };
  /** Requests that were sent and are not answered yet, by idempotency key (client/intent/intent-store.ts). */
  intents: { key: string; value: unknown };
  /** A basket at the counter that was not sent yet. */
  baskets: { key: string; value: unknown };
  /** Rows of the outbox, by device and number (client/outbox/outbox-disk.ts). */
  outbox: { key: string; value: unknown };
  /** Keys by which this device signs its rows, by their ids. */
  deviceKeys: { key: string; value: unknown };
  /** Sealed parts of the village's copy, by name (client/copy/copy-disk.ts). */
  copy: { key: string; value: unknown };
  /** The key that seals them, and what is counted about their use. */
  copyState: { key: string; value: unknown };
}

export type DeviceKind =
  'photos' | 'drafts' | 'intents' | 'baskets' | 'outbox' | 'deviceKeys' | 'copy' | 'copyState';

type Mode = 'readonly' | 'readwrite';
export type DeviceTransaction<M extends Mode> = IDBPTransaction<DeviceSchema, DeviceKind[], M>;

/**
 * The browser's database. Every failure rejects, and so does a disk that does not answer in time. A write that failed
 * may be on the disk all the same.
 */
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

const KINDS: readonly DeviceKind[] = [
  ...(['photos', 'drafts', 'intents', 'baskets', 'outbox', 'deviceKeys'] as const),
  ...(['copy', 'copyState'] as const),
];

/** A healthy disk answers within milliseconds. */
const LIMIT_MS = 10_000;
/** A disk that has just let the time pass gets less of it, until it answers again: a person waits for each write. */
const HANGING_LIMIT_MS = 2000;

export function openDevice(name = 'jishan', alarm: Alarm = alarmClock): Device {
  const { begin, forget } = createConnection(name);
  let limitMs = LIMIT_MS;

  async function run<M extends Mode, T>(
    kinds: DeviceKind[],
    mode: M,
    work: (transaction: DeviceTransaction<M>) => Promise<T>,
  ): Promise<T> {
    let isLate = false;
    let giveUp = forget;

    async function runThrough(): Promise<T> {
      const transaction = await begin(kinds, mode);
      giveUp = () => {
        abort(transaction);
        transaction.db.close();
        forget();
      };
      const ended = transaction.done;
      // If the work itself throws first, nobody else hears how the transaction ended.
      ended.catch(() => undefined);
      try {
        // The caller has been told that it failed: it is not begun any more.
        if (isLate) throw new TimeLimitPassed();
        const result = await work(transaction);
        await ended;
        limitMs = LIMIT_MS;
        return result;
      } catch (error) {
        giveUp();
        throw error;
      }
    }

    const late = () => {
      isLate = true;
      limitMs = HANGING_LIMIT_MS;
      giveUp();
    };
    return withinTime(runThrough(), { ms: limitMs, alarm, late });
  }

  return {
    read: (kinds, work) => run(kinds, 'readonly', work),
    async write(kinds, work) {
      await run(kinds, 'readwrite', work);
    },
  };
}

interface Connection {
  readonly begin: <M extends Mode>(kinds: DeviceKind[], mode: M) => Promise<DeviceTransaction<M>>;
  /** The next transaction opens another. */
  readonly forget: () => void;
}

function createConnection(name: string): Connection {
  let connecting: Promise<IDBPDatabase<DeviceSchema>> | null = null;

  function connect(): Promise<IDBPDatabase<DeviceSchema>> {
    const opened = (connecting ??= openWithAllKinds(name, forget));
    opened.then((database) => {
      // It was opened too late: nobody waits for it any more.
      if (connecting !== opened) database.close();
    }, forget);
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

  return { begin, forget };
}

/**
 * Opens the database at whatever version it has, so that an older page goes on after a newer one was there, and adds the
 * kinds that are missing. None is ever changed or removed.
 */
async function openWithAllKinds(name: string, forget: () => void): Promise<IDBPDatabase<DeviceSchema>> {
  const open = (version?: number) =>
    openDB<DeviceSchema>(name, version, {
      upgrade(database) {
        for (const kind of missingKinds(database)) database.createObjectStore(kind);
      },
      // Another page adds kinds: it waits until this connection is closed.
      blocking(_now, _then, event) {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
  const database = await open();
  if (missingKinds(database).length === 0) return database;
  database.close();
  return open(database.version + 1);
}

function missingKinds({ objectStoreNames }: IDBPDatabase<DeviceSchema>): DeviceKind[] {
  return KINDS.filter((kind) => !objectStoreNames.contains(kind));
}

/** Half of a write is never kept. */
function abort(transaction: { readonly abort: () => void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
