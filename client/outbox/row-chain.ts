import type { DoneMark, OutboxRow } from '../../shared/outbox/row.ts';
import { type ChainEnd, makeRow, markDone, type NewRow } from './make-row.ts';
import { finalAnswer, type KeptRow, type OutboxDisk } from './outbox-disk.ts';
import type { RowList } from './row-list.ts';
import type { DeviceKey, RowSigner } from './row-signer.ts';

export interface ChainParts {
  readonly disk: OutboxDisk;
  readonly signer: RowSigner;
  /** The key that signs new rows. */
  readonly key: DeviceKey;
  /** The keys of older rows. */
  readonly keys: readonly DeviceKey[];
  /** Places of rows that cannot be read: their numbers are taken. */
  readonly damaged: readonly string[];
  readonly now: () => number;
  /** The server's clock minus this device's, as last heard; null: never. */
  readonly offsetMs: () => number | null;
  /** Calls after so many milliseconds. */
  readonly later: (ms: number, run: () => void) => void;
}

/** Appends rows and marks what became of them; the disk first. One at a time: the caller sees to that. */
export interface RowChain {
  /** True once it is on the disk; false where it surely is not; rejects where nobody knows. */
  readonly append: (row: NewRow, how?: DoneMark['how']) => Promise<boolean>;
  readonly finish: (key: string, how: DoneMark['how']) => Promise<boolean>;
  readonly signedDone: (row: OutboxRow, how: DoneMark['how'], entry: number | null) => Promise<OutboxRow>;
  /** Asks the disk where the chain ends, if that is not known. */
  readonly lookAgain: () => Promise<boolean>;
}

export function createRowChain(
  { disk, signer, key, keys, damaged, now, offsetMs }: ChainParts,
  rows: RowList,
  doubtful: () => void,
): RowChain {
  let end: ChainEnd | null = pastDamaged(rows.endOf(key.device), key.device, damaged);
  /** Rows of which nobody knows whether they are on the disk. */
  const unsure = new Set<string>();

  /**
   * After a write of which nobody knew, the disk says where the chain ends. A row that is there after all was told not
   * recorded, so nothing was handed out: it is given up.
   */
  async function chainEnd(): Promise<ChainEnd> {
    if (end !== null) return end;
    const kept = await disk.read();
    const found = kept.rows.filter(({ row }) => unsure.has(row.key));
    const givenUp: KeptRow[] = [];
    for (const { row } of found) givenUp.push({ row: await signedDone(row, 'given_up', null), answer: null });
    if (givenUp.length > 0 && !(await disk.change(givenUp))) throw new Error('the disk refuses');
    unsure.clear();
    rows.set(kept.rows);
    rows.put(givenUp);
    end = pastDamaged(rows.endOf(key.device), key.device, kept.damaged);
    return end;
  }

  function signedDone(row: OutboxRow, how: DoneMark['how'], entry: number | null): Promise<OutboxRow> {
    const own = [...keys, key].find(({ device }) => device === row.device);
    // A row that came from another address of the server was signed there: its key stayed behind.
    if (own === undefined) return Promise.resolve(row);
    return markDone(signer, own, row, { how, atMs: now(), entry });
  }

  return {
    signedDone,
    async append(row, how) {
      const before = await chainEnd();
      const asked = await makeRow(signer, key, before, row, { atMs: now(), offsetMs: offsetMs() });
      const made = how === undefined ? asked : await signedDone(asked, how, null);
      const kept = { row: made, answer: null };
      end = null;
      unsure.add(made.key);
      const isThere = await disk.add(kept).catch((error: unknown) => {
        doubtful();
        throw error;
      });
      unsure.delete(made.key);
      // The number may be another window's: the disk is asked before the next row.
      end = isThere ? { number: made.number, hash: made.hash } : null;
      if (isThere) rows.add(kept);
      return isThere;
    },
    async finish(rowKey, how) {
      const found = rows.all().find(({ row }) => row.key === rowKey);
      if (!found) return false;
      // The first word on a row is the last: this device's own, or the server's.
      if (found.row.done !== null || finalAnswer(found) !== null) return false;
      const finished = { row: await signedDone(found.row, how, null), answer: null };
      // Its key is on another device, which alone can mark it.
      if (finished.row.done === null) return false;
      const isThere = await disk.change([finished]);
      if (isThere) rows.put([finished]);
      return isThere;
    },
    async lookAgain() {
      try {
        await chainEnd();
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** A number is used once, also that of a row that cannot be read any more: the chain shows the gap. */
function pastDamaged(end: ChainEnd, device: string, damaged: readonly string[]): ChainEnd {
  const taken = damaged
    .filter((place) => place.startsWith(`${device} `))
    .map((place) => Number(place.slice(device.length + 1)))
    .filter((number) => Number.isSafeInteger(number));
  return { ...end, number: Math.max(end.number, ...taken) };
}
