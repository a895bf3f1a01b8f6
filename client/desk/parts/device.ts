/** What this device keeps of one kind. A dead battery takes nothing that `put` has said yes to. */
export interface DeviceTable {
  /** True once it is on the disk; false where the browser keeps nothing. */
  readonly put: (key: string, value: unknown) => Promise<boolean>;
  /** Null where there is nothing. */
  readonly get: (key: string) => Promise<unknown>;
  readonly drop: (...keys: readonly string[]) => Promise<void>;
}

const TABLES = ['photos', 'drafts'] as const;

/** Where the browser lets nothing be kept, all there is lives as long as the page. */
export function openDevice(table: (typeof TABLES)[number], name = 'jishan.desk'): DeviceTable {
  let opening: Promise<IDBDatabase> | null = null;
  const open = () => (opening ??= openDatabase(name));

  async function write(act: (store: IDBObjectStore) => void): Promise<boolean> {
    try {
      // Strict: it is on the disk when the browser says so, and not in a buffer of the system.
      const work = (await open()).transaction(table, 'readwrite', { durability: 'strict' });
      act(work.objectStore(table));
      await finished(work);
      return true;
    } catch {
      return false;
    }
  }

  return {
    put: (key, value) => write((store) => store.put(value, key)),
    async get(key) {
      try {
        const store = (await open()).transaction(table, 'readonly').objectStore(table);
        return (await answered<unknown>(store.get(key))) ?? null;
      } catch {
        return null;
      }
    },
    async drop(...keys) {
      await write((store) => {
        for (const key of keys) store.delete(key);
      });
    },
  };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const table of TABLES) request.result.createObjectStore(table);
  };
  return answered(request);
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('nothing can be kept here'));
  });
}

function finished(work: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    work.oncomplete = () => resolve();
    work.onabort = () => reject(work.error ?? new Error('nothing can be kept here'));
  });
}
