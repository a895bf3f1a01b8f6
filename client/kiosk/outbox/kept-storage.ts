/** How safely the browser keeps what this device holds. */
export interface KeptStorage {
  /** It promises to clear other things first; null: it cannot be asked, as on plain http. */
  readonly isKept: boolean | null;
  /** Bytes, as the browser guesses them; null: it does not say. */
  readonly used: number | null;
  readonly left: number | null;
}

/** Missing on plain http, whatever the types say. */
type Storage = Pick<StorageManager, 'persist' | 'persisted' | 'estimate'> | undefined;

/** Asks the browser to keep everything. It may change its mind when the page is used more, so it is asked at each start. */
export async function askToKeep(storage: Storage): Promise<boolean | null> {
  return quietly(async () => {
    if (storage === undefined) return null;
    return (await storage.persisted()) || (await storage.persist());
  });
}

export async function lookAtStorage(storage: Storage): Promise<KeptStorage> {
  const isKept = await quietly(async () => (storage === undefined ? null : storage.persisted()));
  const { usage, quota } = (await quietly(async () => storage?.estimate() ?? null)) ?? {};
  const left = usage === undefined || quota === undefined ? null : Math.max(0, quota - usage);
  return { isKept, used: usage ?? null, left };
}

/** A browser that refuses to say is one that cannot be asked. */
async function quietly<T>(work: () => Promise<T | null>): Promise<T | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}
