import type { Store } from '../../db/index.ts';
import { publicDigits } from '../../shared/ledger/public-head.ts';
import { digitsOf } from '../ledger/index.ts';

/** The last entry that a checked backup holds, and when that backup was made. */
export interface Safe {
  /** 0: none. */
  readonly entry: number;
  readonly atMs: number;
}

export type SafeEntry = (villageId: string) => Promise<Safe>;

/** A backup's head, as its file tells it. A file gets its name only after it was opened and verified. */
interface BackupHead {
  readonly villageId: string;
  readonly number: number;
  readonly hash: string;
  readonly atMs: number | null;
}

/** The folder of backups is not read again for so long. */
const KNOWN_FOR_MS = 60_000;

/**
 * Finds the newest backup that holds the beginning of this very book. One of a book that was left behind by a restore
 * holds entries that are not in this one, and makes nothing safe.
 */
export function createSafeEntry(
  store: Store,
  clock: () => number,
  headsOfBackups: () => Promise<readonly BackupHead[]>,
): SafeEntry {
  let known: { readonly atMs: number; readonly heads: Promise<readonly BackupHead[]> } | null = null;
  return async (villageId) => {
    const nowMs = clock();
    if (known === null || Math.abs(nowMs - known.atMs) > KNOWN_FOR_MS)
      known = { atMs: nowMs, heads: headsOfBackups() };
    const heads = (await known.heads)
      .filter((head) => head.villageId === villageId)
      .sort((a, b) => b.number - a.number);
    const numbers = heads.map(({ number }) => number);
    const own = await store.read((reader) => digitsOf(reader, villageId, numbers));
    const safe = heads.find(({ number, hash }) => own.get(number) === publicDigits(hash));
    return safe ? { entry: safe.number, atMs: safe.atMs ?? 0 } : { entry: 0, atMs: 0 };
  };
}
