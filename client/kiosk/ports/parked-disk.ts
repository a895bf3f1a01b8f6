import type { Device } from '../../device/device.ts';
import { oneAfterTheOther } from '../../device/one-after-the-other.ts';
import { type Later, postponed } from '../../device/postponed-call.ts';
import type { Basket } from '../counter/state.ts';
import { basketRow, readBasket } from './kept-rows.ts';

/** Keeps the baskets of households that stepped aside: numbers and pieces, no names. */
export interface ParkedDisk {
  readonly read: () => Promise<readonly Basket[]>;
  /** All of them, as they are now. They are written later if the disk refuses. */
  readonly keep: (baskets: readonly Basket[]) => Promise<void>;
}

/** All of them are one row, so that none is lost between two. */
const PARKED_KEY = 'parked';

export function createParkedDisk({ device, later }: { device: Device; later: Later }): ParkedDisk {
  let unwritten: readonly Basket[] | null = null;
  const inTurn = oneAfterTheOther();
  const writeLater = postponed(later, () => void inTurn(write));

  async function write(): Promise<void> {
    const baskets = unwritten;
    if (baskets === null) return;
    try {
      await device.write(['baskets'], (writing) =>
        writing.objectStore('baskets').put(baskets.map(basketRow), PARKED_KEY),
      );
      if (unwritten === baskets) unwritten = null;
    } catch {
      writeLater();
    }
  }

  return {
    async read() {
      try {
        const rows: unknown = await device.read(['baskets'], (work) =>
          work.objectStore('baskets').get(PARKED_KEY),
        );
        return Array.isArray(rows) ? rows.flatMap((row) => readBasket(row) ?? []) : [];
      } catch {
        // The counter's own rows say that the disk cannot be read.
        return [];
      }
    },
    keep(baskets) {
      unwritten = baskets;
      return inTurn(write);
    },
  };
}
