import { shallowRef, type ShallowRef } from 'vue';
import type { RowBodies } from '../../../shared/kiosk/rows.ts';
import type { DoneMark } from '../../../shared/outbox/row.ts';
import type { Failure } from '../../api/index.ts';
import type { Device } from '../../device/device.ts';
import { oneAfterTheOther } from '../../device/one-after-the-other.ts';
import { createOutbox, type Outbox } from '../../outbox/outbox.ts';
import {
  createOutboxDisk,
  type KeptOutbox,
  type KeptRow,
  type OutboxDisk,
} from '../../outbox/outbox-disk.ts';
import { createRowSigner, type DeviceKey, newDeviceKey } from '../../outbox/row-signer.ts';
import { ANSWER_LIMIT_MS } from '../answer-limit.ts';
import type { Station } from '../composables/station.ts';
import type { Memory } from '../memory.ts';
import { createAwaitedAnswers } from './awaited-answers.ts';
import { lastHandOver } from './last-here.ts';
import { createRowCarrier, type RowCarrier } from './row-carrier.ts';
import { createRowEnds, type RowEnds } from './row-ends.ts';
import { isTakenBack } from './taken-back.ts';
import type { Owed, OwedReturn, Recent } from '../counter/state.ts';

export interface Written {
  /** True once it is on the disk. */
  readonly isKept: boolean;
  readonly rowNumber: number;
}

/** The rows of this counter, as its machine sees them. */
export interface CounterRows extends RowEnds {
  readonly keep: (owed: Owed | OwedReturn, how: 'here' | null) => Promise<Written>;
  readonly note: (key: string, how: 'here' | 'given_up') => Promise<Written>;
  readonly wake: () => void;
  /** The key of the row of this device that made an entry; null: the device has none, or has taken it back. */
  readonly rowKeyOf: (entry: number) => string | null;
  /** The last hand-over of this device, if it may still be taken back; null: there is none. */
  readonly lastHandOver: () => Recent | null;
}

/** The outbox of a paired counter. It is there once the device has a key; before, nothing is written and nothing is sent. */
export interface CounterOutbox extends CounterRows {
  /** Reads what the disk holds. */
  readonly read: () => Promise<void>;
  /** Begins to send, once there is a key of this pairing; it makes one where there is none. */
  readonly open: () => Promise<void>;
  readonly rows: Readonly<ShallowRef<readonly KeptRow[]>>;
  /** Rows of this device are signed, so that the server believes what was done without it. */
  readonly isSigning: () => boolean;
  readonly hasKey: () => boolean;
  /** The first six letters of its key: the desk compares them before it confirms one. */
  readonly keyName: () => string;
  readonly append: <K extends keyof RowBodies>(
    kind: K,
    row: { readonly key: string; readonly shift: string; readonly body: RowBodies[K] },
    how: 'here' | null,
  ) => Promise<Written>;
  /** Why the server lets nobody in; null while it does, or cannot be reached. */
  readonly blockedBy: () => Failure | null;
  /** Asks the server which rows it lacks and which a checked backup holds. */
  readonly compare: () => Promise<void>;
  /** Places of rows that cannot be read; `all`: the disk cannot be read. */
  readonly damaged: () => readonly string[] | 'all' | null;
}

interface Parts {
  readonly device: Device;
  readonly station: Pick<Station, 'api' | 'check' | 'stage' | 'shiftId'>;
  readonly memory: Memory;
  readonly subtle: SubtleCrypto | undefined;
  readonly now: () => number;
  readonly offsetMs: () => number | null;
  /** Hears the server's clock. */
  readonly hear: (serverMs: number) => void;
  /** The last entry that the copy on this device knew; null: there is none. */
  readonly copyEntry: () => number | null;
  readonly later: (ms: number, run: () => void) => void;
}

export function createCounterOutbox(parts: Parts): CounterOutbox {
  const { device, station, now, later, offsetMs } = parts;
  const disk = createOutboxDisk(device);
  const signer = createRowSigner(parts.subtle);
  const rows = shallowRef<readonly KeptRow[]>([]);
  let outbox: Outbox | null = null;
  let key: DeviceKey | null = null;
  let carrier: RowCarrier | null = null;
  let damaged: readonly string[] | 'all' | null = null;

  const { listen, answerOf } = createAwaitedAnswers(() => outbox);
  const inTurn = oneAfterTheOther();
  /** Resolves when the disk has said of the last row or mark whether it is there. */
  let lastWrite: Promise<unknown> = Promise.resolve();

  /** Null: the disk cannot be read, and nothing is written either. */
  async function read(): Promise<KeptOutbox | null> {
    const kept = await disk.read().catch(() => disk.read().catch(() => null));
    damaged = damagedIn(kept);
    rows.value = kept?.rows ?? [];
    return kept;
  }

  async function open(): Promise<void> {
    if (outbox !== null || parts.memory.device === null) return;
    const kept = await read();
    if (kept === null) return;
    const own = await keyOfPairing(parts, disk, kept);
    if (own === null) return;
    key = own;
    const keys = [...kept.keys.filter((one) => one.device !== own.device), own];
    carrier = createRowCarrier(station, keys, parts);
    outbox = createOutbox({
      ...{ disk, kept, signer, key, keys, now, later, offsetMs, carry: carrier.carry },
      mayAsk: () => station.stage.value === 'open',
      changed: () => void (rows.value = outbox?.rows() ?? kept.rows),
    });
    void carrier.introduce(own);
    outbox.wake();
  }

  const numberOf = (rowKey: string) => rows.value.find(({ row }) => row.key === rowKey)?.row.number ?? 0;

  async function appendNow(
    kind: keyof RowBodies,
    { key: rowKey, shift, body }: { readonly key: string; readonly shift: string; readonly body: unknown },
    how: 'here' | null,
  ): Promise<Written> {
    await inTurn(open);
    if (outbox === null) return { isKept: false, rowNumber: 0 };
    if (how === null) void listen(rowKey);
    // An answer rests on the server, and what is done here rests on the copy.
    const row = { key: rowKey, kind, body, shift, copy: how === 'here' ? parts.copyEntry() : null };
    const isKept = await outbox.append(row, how ?? undefined).catch(() => false);
    return { isKept, rowNumber: numberOf(rowKey) };
  }

  async function noteNow(rowKey: string, how: DoneMark['how']): Promise<Written> {
    await lastWrite;
    // The first mark is final: whoever asks hears of it.
    const done = rows.value.find(({ row }) => row.key === rowKey)?.row.done ?? null;
    if (done !== null) return { isKept: done.how === how, rowNumber: numberOf(rowKey) };
    const isKept = (await outbox?.finish(rowKey, how).catch(() => false)) ?? false;
    return { isKept, rowNumber: numberOf(rowKey) };
  }

  const written = (work: Promise<Written>): Promise<Written> => {
    lastWrite = work.catch(() => undefined);
    return work;
  };
  const append = (...row: Parameters<typeof appendNow>) => written(appendNow(...row));
  const note = (...mark: Parameters<typeof noteNow>) => written(noteNow(...mark));

  return {
    rows,
    read: async () => void (await read()),
    open: () => inTurn(open),
    append,
    note,
    ...createRowEnds({ station, rows, answerOf, written: () => lastWrite }),
    keep: ({ key: rowKey, kind, content }, how) =>
      append(kind, { key: rowKey, shift: station.shiftId(), body: content }, how),
    wake: () => outbox?.wake(),
    isSigning: () => outbox !== null && key !== null && key.pair !== null,
    hasKey: () => key !== null,
    keyName: () => key?.device.slice(0, 6) ?? '',
    ...{ damaged: () => damaged, blockedBy: () => outbox?.blockedBy() ?? null },
    compare: () => compareRows(station, rows.value, outbox, carrier),
    ...undoableRows(rows, () => key, now),
  };
}

function damagedIn(kept: KeptOutbox | null): readonly string[] | 'all' | null {
  if (kept === null) return 'all';
  return kept.damaged.length > 0 ? kept.damaged : null;
}

function undoableRows(
  rows: Readonly<ShallowRef<readonly KeptRow[]>>,
  key: () => DeviceKey | null,
  now: () => number,
): Pick<CounterRows, 'rowKeyOf' | 'lastHandOver'> {
  return {
    rowKeyOf: (entry) => rowKeyFor(rows.value, entry, key()),
    lastHandOver() {
      const own = key();
      return own === null ? null : lastHandOver(rows.value, own.device, now());
    },
  };
}

/** The server may not have heard of its undo yet: then there is none to offer. */
function rowKeyFor(rows: readonly KeptRow[], entry: number, key: DeviceKey | null): string | null {
  const made = rows.find(({ row, answer }) => answer?.entry === entry && row.device === key?.device);
  return made === undefined || isTakenBack(made.row.key, rows) ? null : made.row.key;
}

/** Compares the rows of each device that this one holds. */
async function compareRows(
  { api }: Pick<Station, 'api'>,
  rows: readonly KeptRow[],
  outbox: Outbox | null,
  carrier: RowCarrier | null,
): Promise<void> {
  for (const device of new Set(rows.map(({ row }) => row.device))) {
    const numbers = rows.filter(({ row }) => row.device === device).map(({ row }) => row.number);
    const body = { device, from: Math.min(...numbers), to: Math.max(...numbers) };
    const ask = () => api.call('outbox.compare', { body });
    let outcome = await ask();
    // A server that was restored from before this key was named lacks all its rows.
    if (outcome.kind === 'problem' && outcome.problem.code === 'outbox.unknown') {
      await carrier?.nameAgain(device);
      outcome = await ask();
    }
    if (outcome.kind === 'answer') await outbox?.compare(device, outcome.data);
  }
}

/** The key of this pairing. A browser that cannot sign is named by the server; null: it has to be asked first. */
async function keyOfPairing(
  { memory, subtle, now, station }: Parts,
  disk: OutboxDisk,
  kept: KeptOutbox,
): Promise<DeviceKey | null> {
  const known = kept.keys.find(({ device }) => device === memory.rowKey);
  if (known && (known.pair !== null || subtle === undefined)) return known;
  const made = (await newDeviceKey(subtle, now())) ?? (await unsignedKey(station, now()));
  if (made === null || !(await disk.addKey(made))) return null;
  memory.rowKey = made.device;
  return made;
}

async function unsignedKey({ api }: Pick<Station, 'api'>, nowMs: number): Promise<DeviceKey | null> {
  const outcome = await api.call('outbox.register', {
    body: { publicKey: null },
    timeoutMs: ANSWER_LIMIT_MS,
  });
  if (outcome.kind !== 'answer') return null;
  return { device: outcome.data.device, madeAtMs: nowMs, publicKey: null, pair: null };
}
