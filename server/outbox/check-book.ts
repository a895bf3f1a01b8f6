import { and, eq, inArray } from 'drizzle-orm';
import type { RowOf } from '../../db/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { isOfRows } from '../../shared/outbox/mark-words.ts';
import { badTold, type CheckAt, firstWrong, type StartCheck } from '../acts/index.ts';
import { type BookedEntry, bookedEntries } from '../ledger/index.ts';
import { pagesById } from '../rows-by-id.ts';
import { isMarked, isSelfTold } from './row-call.ts';
import { isSignedBy, readKey, thumbprintOf } from './verify-row.ts';
import { toldMarks, toldRows } from './without-network.ts';

type Device = RowOf<'outboxDevices'>;
type Row = RowOf<'outboxRows'>;

/** The devices and the settled rows, as the acts of the book tell of them. */
interface Told {
  /** The kiosk of each key. */
  readonly kiosks: Map<string, string>;
  readonly writtenOff: Set<string>;
  /** The person who confirmed each key; null: it came with the pairing. */
  readonly confirmed: Map<string, string | null>;
  readonly settled: Map<string, string>;
  readonly erased: Set<string>;
}

/**
 * Compares the keys of devices with the acts by which they were registered; and every row with its signature, its entry and
 * the act that settled it.
 */
export const checkOutbox: StartCheck = (at) => {
  const told: Told = {
    ...{ kiosks: new Map(), writtenOff: new Set(), confirmed: new Map() },
    ...{ settled: new Map(), erased: new Set() },
  };
  return {
    take({ act, id, actorId, is }) {
      const key = String(is.get('key'));
      if (act === 'outbox.registered') told.kiosks.set(key, id);
      if (act === 'outbox.registered' && is.get('confirmed') === true) told.confirmed.set(key, null);
      if (act === 'outbox.key_confirmed') told.confirmed.set(key, actorId);
      if (act === 'households.erased') told.erased.add(id);
      if (act === 'outbox.written_off') told.writtenOff.add(key);
      if (act === 'outbox.settled' && typeof is.get('rowId') === 'string')
        told.settled.set(String(is.get('rowId')), actorId);
      const together = act === 'outbox.shift_settled' ? is.get('rowIds') : undefined;
      if (Array.isArray(together)) for (const rowId of together) told.settled.set(String(rowId), actorId);
    },
    async finish({ isWhole }) {
      const devices = new Map<string, Device>();
      for await (const page of pagesById(at, 'outboxDevices'))
        for (const device of page) {
          const wrong = isWhole ? wrongDevice(at, device, told) : null;
          if (wrong) return wrong;
          devices.set(device.id, device);
        }
      const lost = isWhole ? Array.from(told.kiosks.keys()).find((id) => !devices.has(id)) : undefined;
      if (lost !== undefined) return badTold(at.reader.t.outboxDevices, { id: lost, check: 'missing' });
      return wrongRow(at, devices, told, isWhole);
    },
  };
};

function wrongDevice(
  { reader }: CheckAt,
  device: Device,
  { kiosks, writtenOff, confirmed }: Told,
): BadRow | null {
  const { id, keyX: x, keyY: y } = device;
  const table = reader.t.outboxDevices;
  if (!kiosks.has(id)) return badTold(table, { id, check: 'orphan' });
  return firstWrong(table, { id, check: 'told' }, [
    ['kioskId', kiosks.get(id), device.kioskId],
    ['keyX', id, x === null || y === null ? (mayBeUnsigned(device) ? id : null) : thumbprintOf({ x, y })],
    ['confirmedAtMs', confirmed.has(id), device.confirmedAtMs !== null],
    ['confirmedBy', confirmed.get(id) ?? null, device.confirmedBy],
    ['writtenOffAtMs', writtenOff.has(id), device.writtenOffAtMs !== null],
  ]);
}

/** The id of a key is its thumbprint, and other ids are shorter. */
function mayBeUnsigned({ id, keyX, keyY }: Device): boolean {
  return id.length < THUMBPRINT_LENGTH && keyX === null && keyY === null;
}

const THUMBPRINT_LENGTH = 43;

async function wrongRow(
  at: CheckAt,
  devices: ReadonlyMap<string, Device>,
  told: Told,
  isWhole: boolean,
): Promise<BadRow | null> {
  const table = at.reader.t.outboxRows;
  const seen = new Set<string>();
  const booked = new Set<string>();
  for await (const page of pagesById(at, 'outboxRows')) {
    const byKey = await entriesByKey(
      at,
      page.map(({ key }) => key),
    );
    const numbers = page.flatMap(({ entryNumber }) => entryNumber ?? []);
    const entries = await bookedEntries(at.reader, at.villageId, numbers);
    for (const row of page) {
      const { id, settledBy } = row;
      seen.add(id);
      if (row.entryNumber !== null) booked.add(`${row.deviceId} ${String(row.number)}`);
      const wrong =
        unsigned(at, row, devices.get(row.deviceId), told.erased) ??
        firstWrong(table, { id, check: 'entry' }, [
          ['entryNumber', byKey.get(row.key) ?? null, row.entryNumber],
        ]) ??
        otherEntry(at, row, row.entryNumber === null ? undefined : entries.get(row.entryNumber)) ??
        (isWhole
          ? firstWrong(table, { id, check: 'told' }, [['settledBy', told.settled.get(id) ?? null, settledBy]])
          : null);
      if (wrong) return wrong;
    }
  }
  const unrowed = isWhole
    ? (await toldRows(at.reader, at.villageId)).find(({ row }) => !booked.has(row))
    : undefined;
  if (unrowed) return badTold(table, { id: unrowed.row, number: unrowed.number, check: 'missing' });
  const lost = Array.from(told.settled.keys()).find((id) => !seen.has(id));
  return lost !== undefined && isWhole ? badTold(table, { id: lost, check: 'missing' }) : null;
}

async function entriesByKey(
  { reader, villageId }: CheckAt,
  keys: readonly string[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const { journal } = reader.t;
  const found = await reader.db
    .select({ key: journal.idempotencyKey, number: journal.number })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), inArray(journal.idempotencyKey, [...keys])));
  return new Map(found.map(({ key, number }) => [key, number]));
}

/** The signature covers everything that the device said. The words of an erased row are gone, and so is the proof. */
function unsigned(
  { reader }: CheckAt,
  row: Row,
  device: Device | undefined,
  erased: ReadonlySet<string>,
): BadRow | null {
  const { id, body, deviceId, number, key, kind, shiftId, atMs, offsetMs, copyNumber, before } = row;
  const table = reader.t.outboxRows;
  if (!device) return badTold(table, { id, column: 'deviceId', check: 'told' });
  const { keyX: x, keyY: y } = device;
  if (body === null)
    return erased.has(row.householdId ?? '') ? null : badTold(table, { id, column: 'body', check: 'told' });
  if (x === null || y === null) return null;
  const publicKey = readKey({ x, y });
  const done =
    row.doneHow === 'asked'
      ? null
      : {
          how: row.doneHow,
          atMs: row.doneAtMs ?? 0,
          entry: row.doneEntry,
          signature: row.doneSignature ?? '',
        };
  const signed = {
    ...{
      device: deviceId,
      number,
      key,
      kind,
      body,
      shift: shiftId,
      atMs,
      offsetMs,
      copy: copyNumber,
      before,
    },
    ...{ hash: row.hash, signature: row.signature, done },
  };
  if (publicKey !== null && isSignedBy(publicKey, signed)) return null;
  return badTold(table, { id, column: 'signature', check: 'told' });
}

/** The marks that its entry tells: others came from what is known of the rows alone. */
function marksOfEntry({ marks }: Row): string[] {
  return marks.filter((mark) => !isOfRows(mark));
}

function otherEntry({ reader }: CheckAt, row: Row, entry: BookedEntry | undefined): BadRow | null {
  const { id, entryNumber: number } = row;
  const table = reader.t.outboxRows;
  const marks = entry === undefined ? null : toldMarks(entry.facts);
  return firstWrong(table, { id, check: 'entry', ...(number === null ? {} : { number }) }, [
    ['thingId', entry === undefined ? row.thingId : entry.source?.split(':')[1], row.thingId],
    [
      'marks',
      marks === null ? JSON.stringify(marksOfEntry(row)) : JSON.stringify(marks),
      JSON.stringify(marksOfEntry(row)),
    ],
    ['isMarked', isMarked(row), row.isMarked],
    ['isSelfTold', isSelfTold(row), row.isSelfTold],
  ]);
}
