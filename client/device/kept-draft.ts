import type { DeviceTable } from './device-table.ts';

/** A text or form in progress, kept on this device until it is finished. */
export interface KeptDraft<T> {
  /** Null where there is none, or one that another version of the program wrote. */
  readonly load: () => Promise<T | null>;
  /** Writes the draft as it is now. While one writing is under way, only the latest waits. */
  readonly save: (draft: T) => void;
  readonly clear: () => Promise<void>;
}

export function keepDraft<T>(table: DeviceTable, name: string, version: number): KeptDraft<T> {
  let waiting: T | null = null;
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    while (waiting !== null) {
      const value = waiting;
      waiting = null;
      await table.put(name, { version, value });
    }
    writing = null;
  }

  return {
    async load() {
      const kept = ((await table.get(name)) ?? {}) as { version?: unknown; value?: unknown };
      return kept.version === version ? ((kept.value ?? null) as T | null) : null;
    },
    save(draft) {
      // A copy: the draft may change before it is written.
      waiting = JSON.parse(JSON.stringify(draft)) as T;
      writing ??= writeAll();
    },
    async clear() {
      waiting = null;
      await writing;
      await table.drop(name);
    },
  };
}
