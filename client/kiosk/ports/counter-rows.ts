import { shallowRef, type ShallowRef } from 'vue';
import type { RowBodies } from '../../../shared/kiosk/rows.ts';
import type { DoneMark, OutboxRow } from '../../../shared/outbox/row.ts';
import type { Failure } from '../../api/index.ts';
import type { Device } from '../../device/device.ts';
import { oneAfterTheOther } from '../../device/one-after-the-other.ts';
import { createOutbox, type Answered, type Outbox } from '../../outbox/outbox.ts';
import {
  createOutboxDisk,
  type KeptOutbox,
  type KeptRow,
  type OutboxDisk,
} from '../../outbox/outbox-disk.ts';
import type { Carried } from '../../outbox/row-sender.ts';
import { createRowSigner, type DeviceKey, newDeviceKey } from '../../outbox/row-signer.ts';
import { ANSWER_LIMIT_MS } from '../answer-limit.ts';
import type { Station } from '../composables/useStation.ts';
import type { Memory } from '../memory.ts';
import { rowResult } from './row-result.ts';
import type { Owed, RowResult } from '../counter/state.ts';

export interface Written {
  /** True once it is on the disk. */
  readonly isKept: boolean;
  readonly rowNumber: number;
}

/** The rows of this counter, as its machine sees them. */
export interface CounterRows {
  readonly keep: (owed: Owed, how: 'here' | null) => Promise<Written>;
  /** What became of a row that asks; it waits for as long as nobody knows. */
  readonly resultOf: (owed: Owed) => Promise<RowResult>;
  readonly note: (key: string, how: 'here' | 'given_up') => Promise<Written>;
  readonly wake: () => void;
  /** The key of the row of this device that made an entry; null: the device has none. */
  readonly rowKeyOf: (entry: number) => string | null;
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
  readonly later: (ms: number, run: () => void) => void;
}

export function createCounterOutbox(parts: Parts): CounterOutbox {
  const { device, station, now, later, offsetMs } = parts;
  const disk = createOutboxDisk(device);
  const signer = createRowSigner(parts.subtle);
  const rows = shallowRef<readonly KeptRow[]>([]);
  /** Answers that are on their way, by row. They are listened to before the row can be sent. */
  const answers = new Map<string, Promise<Answered>>();
  let outbox: Outbox | null = null;
  let key: DeviceKey | null = null;
  let damaged: readonly string[] | 'all' | null = null;

  const inTurn = oneAfterTheOther();

  /** Null: the disk cannot be read, and nothing is written either. */
  async function read(): Promise<KeptOutbox | null> {
    const kept = await disk.read().catch(() => disk.read().catch(() => null));
    damaged = kept === null ? 'all' : kept.damaged.length > 0 ? kept.damaged : null;
    rows.value = kept?.rows ?? [];
    return kept;
  }

  async function open(): Promise<void> {
    if (outbox !== null || parts.memory.device === null) return;
    const kept = await read();
    if (kept === null) return;
    key = await keyOfPairing(parts, disk, kept);
    if (key === null) return;
    const own = key;
    const keys = [...kept.keys.filter((one) => one.device !== own.device), own];
    outbox = createOutbox({
      ...{ disk, kept, signer, key, keys, now, later, offsetMs },
      mayAsk: () => station.stage.value === 'open',
      carry: createCarrier(station, keys, kept.keys),
      changed: () => void (rows.value = outbox?.rows() ?? kept.rows),
    });
    outbox.wake();
  }

  function listen(rowKey: string): Promise<Answered> {
    const known = answers.get(rowKey);
    if (known) return known;
    const answer = outbox === null ? new Promise<Answered>(() => undefined) : outbox.answerTo(rowKey);
    answers.set(rowKey, answer);
    return answer;
  }

  const numberOf = (rowKey: string) => rows.value.find(({ row }) => row.key === rowKey)?.row.number ?? 0;

  async function append(
    kind: keyof RowBodies,
    { key: rowKey, shift, body }: { readonly key: string; readonly shift: string; readonly body: unknown },
    how: 'here' | null,
  ): Promise<Written> {
    await inTurn(open);
    if (outbox === null) return { isKept: false, rowNumber: 0 };
    if (how === null) void listen(rowKey);
    const row = { key: rowKey, kind, body, shift, copy: null };
    const isKept = await outbox.append(row, how ?? undefined).catch(() => false);
    return { isKept, rowNumber: numberOf(rowKey) };
  }

  async function note(rowKey: string, how: DoneMark['how']): Promise<Written> {
    const isKept = (await outbox?.finish(rowKey, how).catch(() => false)) ?? false;
    return { isKept, rowNumber: numberOf(rowKey) };
  }

  async function resultOf(owed: Owed): Promise<RowResult> {
    for (;;) {
      const kept = rows.value.find(({ row }) => row.key === owed.key);
      if (!kept) return { is: 'gone' };
      const { done } = kept.row;
      if (done !== null && done.how !== 'server') return { is: 'ended', how: done.how };
      const answered = await listen(owed.key);
      answers.delete(owed.key);
      if (answered.answer !== 'waiting') return rowResult(station, owed, answered);
    }
  }

  return {
    rows,
    async read() {
      await read();
    },
    open: () => inTurn(open),
    append,
    note,
    resultOf,
    keep: ({ key: rowKey, kind, content }, how) =>
      append(kind, { key: rowKey, shift: station.shiftId(), body: content }, how),
    wake: () => outbox?.wake(),
    isSigning: () => outbox !== null && key !== null && key.pair !== null,
    hasKey: () => key !== null,
    damaged: () => damaged,
    blockedBy: () => outbox?.blockedBy() ?? null,
    async compare() {
      for (const device of new Set(rows.value.map(({ row }) => row.device))) {
        const numbers = rows.value.filter(({ row }) => row.device === device).map(({ row }) => row.number);
        const body = { device, from: Math.min(...numbers), to: Math.max(...numbers) };
        const outcome = await station.api.call('outbox.compare', { body });
        if (outcome.kind === 'answer') await outbox?.compare(device, outcome.data);
      }
    },
    rowKeyOf: (entry) =>
      rows.value.find(({ row, answer }) => answer?.entry === entry && row.device === key?.device)?.row.key ??
      null,
  };
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

/** Brings rows to the server. It names their keys first, and again where a restored server does not know them. */
function createCarrier(
  { api }: Pick<Station, 'api'>,
  keys: readonly DeviceKey[],
  before: readonly DeviceKey[],
) {
  const known = new Set<string>();
  const timeoutMs = ANSWER_LIMIT_MS;

  async function register(device: string): Promise<Carried | null> {
    const publicKey = keys.find((one) => one.device === device)?.publicKey ?? null;
    const outcome = await api.call('outbox.register', { body: { publicKey }, timeoutMs });
    if (outcome.kind !== 'answer') return outcome;
    known.add(device);
    return null;
  }

  // The server believes a key that comes with the pairing, and the first row may be days away.
  for (const { device, pair } of keys)
    if (pair !== null && before.every((one) => one.device !== device)) void register(device);

  return async (rows: readonly OutboxRow[], isEmptyAfter: boolean): Promise<Carried> => {
    for (const device of new Set(rows.map((row) => row.device))) {
      const failed = known.has(device) ? null : await register(device);
      if (failed !== null) return failed;
    }
    const outcome = await api.call('outbox.send', { body: { rows: [...rows], isEmptyAfter }, timeoutMs });
    if (outcome.kind !== 'answer') return outcome;
    for (const { device, code } of outcome.data.answers) if (code === 'outbox.unknown') known.delete(device);
    return outcome;
  };
}
