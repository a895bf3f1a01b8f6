import type { Device } from '../../device/device.ts';
import { oneAfterTheOther } from '../../device/one-after-the-other.ts';
import { type Later, postponed } from '../../device/postponed-call.ts';
import type { Basket } from '../counter/state.ts';
import { basketRow, readBasket } from './kept-rows.ts';

/** Keeps the basket that is not confirmed yet through reloads and power cuts. */
export interface CounterDisk {
  /** `isReadable` false: nobody knows what is there. */
  readonly read: () => Promise<{ readonly basket: Basket | null; readonly isReadable: boolean }>;
  /** The basket as it is now; null: there is none. It is written later if the disk refuses. */
  readonly keepAside: (basket: Basket | null) => Promise<void>;
}

interface DiskParts {
  readonly device: Device;
  /** Calls after a while: what the disk refused is written then. */
  readonly later: Later;
}

/** The basket is one row. */
const BASKET_KEY = 'counter';

export function createCounterDisk({ device, later }: DiskParts): CounterDisk {
  /** Still to be written; undefined: nothing. Quick hands do not wait for each write: a newer one takes its place. */
  let unwritten: Basket | null | undefined;
  const inTurn = oneAfterTheOther();
  const writeLater = postponed(later, () => void inTurn(write));

  async function write(): Promise<void> {
    const basket = unwritten;
    if (basket === undefined) return;
    if (!(await isWritten(device, basket))) {
      writeLater();
      return;
    }
    if (unwritten === basket) unwritten = undefined;
  }

  return {
    async read() {
      try {
        return await readAll(device);
      } catch {
        // A connection that died is opened anew; where nothing can be read, that is said.
        return readAll(device).catch(() => ({ basket: null, isReadable: false }));
      }
    },
    keepAside(basket) {
      unwritten = basket === null ? null : basketRow(basket);
      return inTurn(write);
    },
  };
}

/** A connection that has died is closed by the first attempt: the second opens another. */
async function isWritten(device: Device, basket: Basket | null): Promise<boolean> {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    try {
      await device.write(['baskets'], (writing) => {
        const baskets = writing.objectStore('baskets');
        return basket === null ? baskets.delete(BASKET_KEY) : baskets.put(basket, BASKET_KEY);
      });
      return true;
    } catch {
      // Said by the caller, who writes it later.
    }
  }
  return false;
}

async function readAll(device: Device): Promise<{ basket: Basket | null; isReadable: true }> {
  const basket: unknown = await device.read(['baskets'], (work) =>
    work.objectStore('baskets').get(BASKET_KEY),
  );
  return { basket: readBasket(basket), isReadable: true };
}
