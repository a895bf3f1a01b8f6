import type { OutboxAnswer } from '../../shared/outbox/answers.ts';
import type { OutboxRow } from '../../shared/outbox/row.ts';
import type { AnswerOf } from '../api/index.ts';
import type { Device } from '../device/device.ts';
import type { DeviceKey } from './row-signer.ts';

type Answered = AnswerOf<'outbox.send'>['answers'][number];

/** How the server answered a row. */
export interface KeptAnswer {
  readonly answer: OutboxAnswer;
  readonly entry: number | null;
  readonly marks: readonly string[];
  readonly code: string | null;
  /** The code in words, in both languages: without network nobody can be asked for them. Rows of an older page lack it. */
  readonly said?: Answered['said'];
}

export interface KeptRow {
  readonly row: OutboxRow;
  /** Null: none yet. */
  readonly answer: KeptAnswer | null;
}

/** The server's last word on a row; null: it is still to come, and the row is sent again. */
export function finalAnswer({ answer }: Pick<KeptRow, 'answer'>): KeptAnswer | null {
  return answer?.answer === 'waiting' ? null : answer;
}

export interface KeptOutbox {
  readonly keys: readonly DeviceKey[];
  /** In the order of their devices and numbers. */
  readonly rows: readonly KeptRow[];
  /** Places of rows that cannot be read. They stay with their bytes, and are never in the way. */
  readonly damaged: readonly string[];
}

/** The rows and keys on this device's disk. Each write is one strict transaction. */
export interface OutboxDisk {
  /** Rejects where the disk cannot be read. */
  readonly read: () => Promise<KeptOutbox>;
  readonly addKey: (key: DeviceKey) => Promise<boolean>;
  /** True once the row is on the disk. False where it surely is not; rejects where nobody knows. */
  readonly add: (row: KeptRow) => Promise<boolean>;
  /** Writes rows that are there already. False where the disk refuses: they are as they were, or as they should be. */
  readonly change: (rows: readonly KeptRow[]) => Promise<boolean>;
  readonly drop: (rows: readonly KeptRow[]) => Promise<boolean>;
}

/** Keeps the outbox in the browser's database. */
export function createOutboxDisk(device: Device): OutboxDisk {
  async function isWritten(rows: readonly KeptRow[]): Promise<boolean> {
    return tried(() =>
      device.write(['outbox'], (work) =>
        Promise.all(rows.map((kept) => work.objectStore('outbox').put(kept, placeOf(kept.row)))),
      ),
    );
  }
  return {
    read: () => readAll(device),
    addKey: (key) =>
      tried(() =>
        device.write(['deviceKeys'], (work) => work.objectStore('deviceKeys').put(key, key.device)),
      ),
    async add(kept) {
      const place = placeOf(kept.row);
      // `add` refuses a number that is taken: no row is ever written over another.
      const isAdded = await tried(() =>
        device.write(['outbox'], (work) => work.objectStore('outbox').add(kept, place)),
      );
      if (isAdded) return true;
      // An aborted write may be on the disk all the same.
      const found = await device.read(['outbox'], (work) => work.objectStore('outbox').get(place));
      return isKeptRow(found) && found.row.key === kept.row.key;
    },
    change: isWritten,
    drop: (rows) =>
      tried(() =>
        device.write(['outbox'], (work) =>
          Promise.all(rows.map(({ row }) => work.objectStore('outbox').delete(placeOf(row)))),
        ),
      ),
  };
}

async function tried(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}

/** Places sort by device and number. */
function placeOf({ device, number }: OutboxRow): string {
  return `${device} ${String(number).padStart(10, '0')}`;
}

async function readAll(device: Device): Promise<KeptOutbox> {
  const [keys, places, rows] = await device.read(['deviceKeys', 'outbox'], (work) =>
    Promise.all([
      work.objectStore('deviceKeys').getAll(),
      work.objectStore('outbox').getAllKeys(),
      work.objectStore('outbox').getAll(),
    ]),
  );
  return {
    keys: keys.filter(isDeviceKey).toSorted((a, b) => a.madeAtMs - b.madeAtMs),
    rows: rows.filter(isKeptRow),
    damaged: rows.flatMap((row, index) => (isKeptRow(row) ? [] : [places[index] ?? ''])),
  };
}

function isDeviceKey(value: unknown): value is DeviceKey {
  return has(value, { device: 'string', madeAtMs: 'number' });
}

function isKeptRow(value: unknown): value is KeptRow {
  if (typeof value !== 'object' || value === null || !('row' in value) || !('answer' in value)) return false;
  return has(value.row, {
    device: 'string',
    number: 'number',
    key: 'string',
    kind: 'string',
    body: 'string',
  });
}

function has(value: unknown, types: Readonly<Record<string, 'string' | 'number'>>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  return Object.entries(types).every(([name, type]) => typeof record[name] === type);
}
