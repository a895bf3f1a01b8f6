/** Keeps photos on this device until they have been sent: a reload or an empty battery loses none. */
export interface PhotoShelf {
  readonly put: (key: string, photo: Blob) => Promise<void>;
  readonly get: (key: string) => Promise<Blob | null>;
  readonly drop: (key: string) => Promise<void>;
}

const TABLE = 'photos';

/** Where the browser lets nothing be kept, photos live as long as the page. */
export function openPhotoShelf(name = 'jishan.photos'): PhotoShelf {
  let opening: Promise<IDBDatabase> | null = null;
  const open = () => (opening ??= openDatabase(name));

  async function use<T>(
    mode: IDBTransactionMode,
    ask: (table: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T | null> {
    try {
      const database = await open();
      return await answered(ask(database.transaction(TABLE, mode).objectStore(TABLE)));
    } catch {
      return null;
    }
  }

  return {
    async put(key, photo) {
      // Bytes, because some browsers do not keep blobs.
      const bytes = await photo.arrayBuffer();
      await use('readwrite', (table) => table.put(bytes, key));
    },
    async get(key) {
      const bytes: unknown = await use('readonly', (table) => table.get(key) as IDBRequest<unknown>);
      return bytes instanceof ArrayBuffer ? new Blob([bytes], { type: 'image/jpeg' }) : null;
    },
    async drop(key) {
      await use('readwrite', (table) => table.delete(key));
    },
  };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
  return answered(request);
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('nothing can be kept here'));
  });
}
