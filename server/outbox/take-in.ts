import { OutcomeUnknown, type Reader, StoreBusy } from '../../db/index.ts';
import { errorSpec, Refusal } from '../../shared/errors.ts';
import type { Mark } from '../../shared/outbox/mark-words.ts';
import type { OutboxRow } from '../../shared/outbox/row.ts';
import { askNow, type Call, runCommands } from '../commands/index.ts';
import { type Device, devicesById, hasEnded, isConfirmed } from './devices.ts';
import { declinedOften, lastNumberBy } from './heard.ts';
import { noteDevices } from './note-devices.ts';
import { rowByKey } from './outbox-rows.ts';
import { refusedAnswer, type RowAnswer, rowCall } from './row-call.ts';
import type { RowAt, RowKind } from './row-kind.ts';
import { type DeviceTime, timeOf } from './row-time.ts';
import type { TakingIn } from './taking-in.ts';
import { isSignedBy, readKey } from './verify-row.ts';

/** Answers rows in their order. Each is on the disk with its answer when this returns. */
export async function takeIn(at: TakingIn, rows: readonly OutboxRow[]): Promise<RowAnswer[]> {
  const { store } = at;
  const ids = Array.from(new Set(rows.map(({ device }) => device)));
  const devices = await store.read((reader) => knownDevices(reader, at, ids));
  const answers: RowAnswer[] = [];
  const steps: Step[] = [];
  for (const row of rows) {
    const read = readRow(at, devices.get(row.device), row);
    // The row that it is about must have its answer before.
    if ('followsKey' in read && read.followsKey !== null)
      answers.push(...(await answerAll(at, steps.splice(0))));
    steps.push('answer' in read ? read : await callFor(at, read));
  }
  answers.push(...(await answerAll(at, steps)));
  await noteDevices(at, { devices, rows, answers });
  return answers;
}

/** A device with what the server itself knows of its time and of what it asked for lately. */
interface KnownDevice extends Device, Pick<DeviceTime, 'lastAtEmpty' | 'seenOffsetMs'> {
  readonly isDeclinedOften: boolean;
}

async function knownDevices(
  reader: Reader,
  { village, nowMs, kioskId, sentAtMs }: TakingIn,
  ids: readonly string[],
): Promise<Map<string, KnownDevice>> {
  const known = new Map<string, KnownDevice>();
  const often = await declinedOften(reader, village.id, ids, nowMs);
  for (const [id, device] of await devicesById(reader, village.id, ids)) {
    const lastAtEmpty = await lastNumberBy(reader, village.id, { deviceId: id, atMs: device.emptyAtMs });
    const seenOffsetMs = sentAtMs === null || device.kioskId !== kioskId ? null : nowMs - sentAtMs;
    known.set(id, { ...device, lastAtEmpty, seenOffsetMs, isDeclinedOften: often.has(id) });
  }
  return known;
}

type Step = RowAnswer | RowCall;

interface ReadRow {
  readonly row: OutboxRow;
  readonly device: KnownDevice;
  readonly kind: RowKind;
  readonly body: unknown;
  readonly followsKey: string | null;
}

function readRow(at: TakingIn, device: KnownDevice | undefined, row: OutboxRow): RowAnswer | ReadRow {
  // After a restored backup it is registered anew: the row is sent again.
  if (!device) return refusedAnswer(row, 'outbox.unknown', 'waiting');
  const flaw = flawOf(at, device, row);
  if (flaw !== null) return refusedAnswer(row, flaw);
  // Nobody has agreed to it yet: the row stays on its device.
  if (isDone(row) && at.village.settings.withoutNetworkHundredths === null)
    return refusedAnswer(row, 'outbox.switched_off', 'waiting');
  if (isDone(row) && !isConfirmed(device)) return refusedAnswer(row, 'outbox.unconfirmed', 'waiting');
  if (!isDone(row) && device.isDeclinedOften) return refusedAnswer(row, 'outbox.declined_often', 'waiting');
  const kind = at.kinds.get(row.kind);
  const body = kind && readBody(kind, row.body);
  // A later version of the program may know it: the row is sent again.
  if (!kind || body === undefined) return refusedAnswer(row, 'outbox.body', 'waiting');
  return { row, device, kind, body, followsKey: kind.follows?.(body) ?? null };
}

async function callFor(at: TakingIn, { row, device, kind, body, followsKey }: ReadRow): Promise<RowCall> {
  const rowAt = {
    ...placeOf(at, device, row),
    followed: followsKey === null ? null : await followedRow(at, device.id, followsKey),
  };
  const carried = {
    row,
    householdId: kind.householdOf(body) ?? rowAt.followed?.householdId ?? null,
    carriedBy: at.kioskId === null ? 'desk' : 'kiosk',
    receivedAtMs: at.nowMs,
    amount: kind.amountOf?.(body) ?? null,
  } as const;
  return { ...rowCall(carried, rowAt, kind.carryOut(body, rowAt)), row };
}

async function followedRow({ store, village }: TakingIn, deviceId: string, key: string) {
  const found = await store.read((reader) => askNow(reader, village.id, rowByKey.one([deviceId, key])));
  return found ?? null;
}

function flawOf({ kioskId }: TakingIn, device: Device, row: OutboxRow): Refusal['code'] | null {
  const { keyX: x, keyY: y } = device;
  if (x === null || y === null)
    return kioskId === device.kioskId && row.hash === '' && !isDone(row) ? null : 'outbox.unsigned';
  const key = readKey({ x, y });
  return key !== null && isSignedBy(key, row) ? null : 'outbox.signature';
}

function isDone({ done }: OutboxRow): boolean {
  return done !== null && done.how !== 'given_up';
}

function readBody(kind: RowKind, text: string): unknown {
  try {
    return kind.body.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function placeOf(
  { village, nowMs, newId, ledger }: TakingIn,
  device: KnownDevice,
  row: OutboxRow,
): Omit<RowAt, 'followed'> {
  const { timeZone, copyDaysMost: openDays } = village.settings;
  const { madeAtMs, day, marks } = timeOf(row, device, { nowMs, timeZone, openDays });
  const ended: Mark[] = isDone(row) && hasEnded(device) ? ['outbox.old_key'] : [];
  const restored: Mark[] = row.done?.how === 'server' ? ['outbox.restored'] : [];
  return {
    ...{ villageId: village.id, village, actorId: device.kioskId, nowMs, newId, ledger },
    ...{ deviceId: device.id, number: row.number, kioskId: device.kioskId, shiftId: row.shift },
    ...{
      idempotencyKey: row.key,
      madeAtMs,
      receivedAtMs: nowMs,
      today: day,
      done: row.done === null || row.done.how === 'given_up' ? null : row.done.how,
    },
    marks: [...marks, ...restored, ...ended],
  };
}

/**
 * Runs as many calls in one commit as fit, and the rest in the next ones. If the commit of several fails, each runs alone: a
 * row that nobody can book waits, and holds up no other.
 */
async function answerAll(at: TakingIn, steps: readonly Step[]): Promise<RowAnswer[]> {
  const calls = steps.filter((step) => 'decide' in step);
  const answered: RowAnswer[] = [];
  while (answered.length < calls.length) {
    const rest = calls.slice(answered.length);
    const some = await runTogether(at, rest).catch(async (error: unknown) => {
      if (error instanceof StoreBusy || error instanceof OutcomeUnknown) throw error;
      const [first] = rest;
      return first ? [await runAlone(at, first)] : [];
    });
    answered.push(...some);
  }
  const inOrder = answered.values();
  return steps.flatMap((step) => ('decide' in step ? (inOrder.next().value ?? []) : step));
}

type RowCall = Call<RowAnswer> & { readonly row: OutboxRow };

async function runTogether(
  { store, village, observer }: TakingIn,
  calls: readonly RowCall[],
): Promise<RowAnswer[]> {
  const openings = calls.map((call) => () => Promise.resolve(call));
  const outcomes = await store.transaction(
    (tx) => runCommands(tx, village.id, openings, { observer }),
    village.id,
  );
  return outcomes.map((outcome, index) => {
    if (outcome.ok) return outcome.answer;
    const call = calls[index];
    if (!call || isRetry(outcome.error)) throw outcome.error;
    return refusedAnswer(call.row, 'server.bug', 'waiting');
  });
}

async function runAlone(at: TakingIn, call: RowCall): Promise<RowAnswer> {
  try {
    const [answer] = await runTogether(at, [call]);
    return answer ?? refusedAnswer(call.row, 'server.bug', 'waiting');
  } catch (error) {
    if (error instanceof StoreBusy || error instanceof OutcomeUnknown || isRetry(error)) throw error;
    return refusedAnswer(call.row, 'server.bug', 'waiting');
  }
}

function isRetry(error: unknown): boolean {
  return error instanceof Refusal && errorSpec(error.code).kind === 'retry';
}
