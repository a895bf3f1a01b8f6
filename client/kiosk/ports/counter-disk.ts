import type { Device, DeviceTransaction } from '../../device/device.ts';
import { oneAfterTheOther } from '../../device/one-after-the-other.ts';
import { type Later, postponed } from '../../device/postponed-call.ts';
import type { Basket, Kept, Owed } from '../counter/state.ts';
import { basketRow, owedRow, readBasket, readOwed } from './kept-rows.ts';

/** Keeps the sendings without an answer and the unsent basket through reloads and power cuts. */
export interface CounterDisk {
  readonly read: () => Promise<Kept>;
  /** True once it is on the disk; a redemption's basket is then no longer among the unsent. */
  readonly keepOwed: (owed: Owed) => Promise<boolean>;
  /** It is known what became of it. */
  readonly settle: (key: string) => Promise<void>;
  /** It was not sent after all, or nothing was booked: in one write its row goes and its basket stays. */
  readonly takeBack: (key: string, basket: Basket | null) => Promise<void>;
  /** The unsent basket as it is now. */
  readonly keepAside: (basket: Basket | null) => Promise<void>;
}

interface DiskParts {
  readonly device: Device;
  /** Calls after a while: what the disk refused is written then. */
  readonly later: Later;
}

type Writing = DeviceTransaction<'readwrite'>;

/** The unsent basket is one row. */
const BASKET_KEY = 'counter';

export function createCounterDisk({ device, later }: DiskParts): CounterDisk {
  /** Still to be written: rows that go, and the unsent basket, if it changed. */
  const gone = new Set<string>();
  let basket: Basket | null | undefined;
  const inTurn = oneAfterTheOther();
  const writeLater = postponed(later, () => void inTurn(writeAll));
  /** The unsent basket that is written next. A newer one takes its place: quick hands do not wait for each write. */
  let nextAside: { row: Basket | null; isWritten: Promise<void> } | null = null;

  /** Later requests wait behind it. */
  function behindAll<T>(work: () => Promise<T>): Promise<T> {
    nextAside = null;
    return inTurn(work);
  }

  async function writeAll(): Promise<void> {
    const keys = [...gone];
    const latest = basket;
    if (keys.length === 0 && latest === undefined) return;
    const isDone = await isWritten(device, async (writing) => {
      await removeRows(writing, keys);
      if (latest !== undefined) await putBasket(writing, latest);
    });
    if (isDone) {
      gone.clear();
      basket = undefined;
    } else writeLater();
  }

  return {
    async read() {
      try {
        return await readAll(device);
      } catch {
        // A connection that died is opened anew; where nothing can be read, that is said.
        return readAll(device).catch(() => ({ basket: null, owed: [], damaged: 'all' as const }));
      }
    },
    keepOwed: (owed) =>
      behindAll(async () => {
        gone.delete(owed.key);
        if (owed.kind === 'kiosk.redeem') basket = undefined;
        await writeAll();
        return keepRow(device, owedRow(owed));
      }),
    settle: (key) =>
      behindAll(() => {
        gone.add(key);
        return writeAll();
      }),
    takeBack: (key, back) =>
      behindAll(() => {
        gone.add(key);
        if (back !== null) basket = basketRow(back);
        return writeAll();
      }),
    keepAside(aside) {
      const row = aside === null ? null : basketRow(aside);
      if (nextAside !== null) {
        nextAside.row = row;
        return nextAside.isWritten;
      }
      const next = { row, isWritten: Promise.resolve() };
      next.isWritten = inTurn(() => {
        if (nextAside === next) nextAside = null;
        basket = next.row;
        return writeAll();
      });
      nextAside = next;
      return next.isWritten;
    },
  };
}

/** True once it is on the disk. A connection that has died is closed by the first attempt: the second opens another. */
async function isWritten(device: Device, work: (writing: Writing) => Promise<unknown>): Promise<boolean> {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    try {
      await device.write(['intents', 'baskets'], work);
      return true;
    } catch {
      // Nothing is told before the second attempt: an aborted write may be there all the same.
    }
  }
  return false;
}

async function keepRow(device: Device, row: Owed): Promise<boolean> {
  const isKept = await isWritten(device, async (writing) => {
    await writing.objectStore('intents').put(row, row.key);
    if (row.kind === 'kiosk.redeem') await putBasket(writing, null);
  });
  if (isKept) return true;
  // It may be there all the same. A row that can neither be removed nor is absent would be sent by the next page.
  if (await isWritten(device, (writing) => removeRows(writing, [row.key]))) return false;
  return isThere(device, row.key);
}

async function isThere(device: Device, key: string): Promise<boolean> {
  try {
    return (await device.read(['intents'], (work) => work.objectStore('intents').getKey(key))) !== undefined;
  } catch {
    // Nobody knows. It is not sent, and the machine takes it back: the row is removed as soon as the disk works again.
    return false;
  }
}

async function readAll(device: Device): Promise<Kept> {
  const [keys, rows, basket] = await device.read(['intents', 'baskets'], (work) =>
    Promise.all([
      work.objectStore('intents').getAllKeys(),
      work.objectStore('intents').getAll(),
      work.objectStore('baskets').get(BASKET_KEY),
    ]),
  );
  const read = rows.map((row, index) => ({ key: keys[index] ?? '', owed: readOwed(row) }));
  const damaged = read.flatMap(({ key, owed }) => (owed === null ? [key] : []));
  return {
    basket: readBasket(basket),
    owed: read.flatMap(({ owed }) => owed ?? []),
    damaged: damaged.length > 0 ? damaged : null,
  };
}

async function removeRows(writing: Writing, keys: readonly string[]): Promise<void> {
  await Promise.all(keys.map((key) => writing.objectStore('intents').delete(key)));
}

async function putBasket(writing: Writing, basket: Basket | null): Promise<unknown> {
  const baskets = writing.objectStore('baskets');
  return basket === null ? baskets.delete(BASKET_KEY) : baskets.put(basket, BASKET_KEY);
}
