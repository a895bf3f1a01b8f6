import { and, asc, eq, gt, isNull, lt } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader, Tables, Tx } from '../../db/index.ts';
import type { kioskInfo } from '../../shared/kiosk/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import type { RandomBytes } from '../http/index.ts';
import { hashToken, randomBelow } from '../identity/index.ts';

export type KioskInfo = z.input<typeof kioskInfo>;
type KioskRow = Tables['kiosks']['$inferSelect'];

/** A code that nobody typed in by then is void. */
const PAIRING_CODE_LIVES_MS = 15 * 60_000;
const PAIRING_CODE_DIGITS = 8;
const DRAWS_MAX = 20;

interface Pairing {
  readonly kiosk: KioskInfo;
  /** Shown once, in two groups of four. */
  readonly code: string;
  readonly expiresAtMs: number;
}

interface Desk {
  readonly tx: Tx;
  readonly villageId: string;
  readonly nowMs: number;
  readonly random: RandomBytes;
  /** How long a code waits to be typed in; a quarter of an hour unless said otherwise. */
  readonly codeLivesMs?: number;
}

export async function listKiosks(reader: Reader, villageId: string): Promise<KioskInfo[]> {
  const { kiosks } = reader.t;
  const rows = await reader.db
    .select()
    .from(kiosks)
    .where(eq(kiosks.villageId, villageId))
    .orderBy(asc(kiosks.createdAtMs), asc(kiosks.id));
  return rows.map(infoOf);
}

export async function createKiosk(desk: Desk, kiosk: { id: string; name: string }): Promise<Pairing> {
  const { tx, villageId, nowMs } = desk;
  const { code, pairing } = await drawCode(desk);
  const row: KioskRow = {
    ...pairing,
    villageId,
    id: kiosk.id,
    name: kiosk.name,
    tokenHash: null,
    pairedAtMs: null,
    lastSeenAtMs: null,
    revokedAtMs: null,
    createdAtMs: nowMs,
  };
  await tx.db.insert(tx.t.kiosks).values(row).returning({ id: tx.t.kiosks.id });
  return { kiosk: infoOf(row), code, expiresAtMs: pairing.pairingExpiresAtMs };
}

/** Changes the name that people see; code, token and records stay. Answers the name before, too. */
export async function renameKiosk(
  { tx, villageId }: Pick<Desk, 'tx' | 'villageId'>,
  { id, name }: { id: string; name: string },
): Promise<{ readonly was: string; readonly now: KioskInfo }> {
  const { kiosks } = tx.t;
  const [before] = await tx.db
    .select({ name: kiosks.name })
    .from(kiosks)
    .where(ofKiosk(tx, villageId, id));
  const [row] = await tx.db
    .update(tx.t.kiosks)
    .set({ name })
    .where(ofKiosk(tx, villageId, id))
    .returning();
  if (!before || !row) throw new Refusal('kiosk.not_found', { id });
  return { was: before.name, now: infoOf(row) };
}

/** For a kiosk that was wiped, replaced or revoked: the old device stops at once, a new one may pair. */
export async function renewCode(desk: Desk, id: string): Promise<Pairing> {
  const { tx, villageId } = desk;
  const { code, pairing } = await drawCode(desk);
  const [row] = await tx.db
    .update(tx.t.kiosks)
    .set({ ...pairing, tokenHash: null, pairedAtMs: null, revokedAtMs: null })
    .where(ofKiosk(tx, villageId, id))
    .returning();
  if (!row) throw new Refusal('kiosk.not_found', { id });
  await endShifts(desk, { kioskId: id });
  return { kiosk: infoOf(row), code, expiresAtMs: pairing.pairingExpiresAtMs };
}

/** Locks a kiosk. Its token stops working with the next request; an unused code is void. */
export async function revokeKiosk(desk: Omit<Desk, 'random'>, id: string): Promise<void> {
  const { tx, villageId, nowMs } = desk;
  const [row] = await tx.db
    .update(tx.t.kiosks)
    .set({ revokedAtMs: nowMs, pairingHash: null, pairingExpiresAtMs: null })
    .where(ofKiosk(tx, villageId, id))
    .returning({ id: tx.t.kiosks.id });
  if (!row) throw new Refusal('kiosk.not_found', { id });
  await endShifts(desk, { kioskId: id });
}

/** Trades a code for a device's token, once. Null: no kiosk waits for this code. */
export async function pairDevice(
  tx: Tx,
  attempt: { code: string; tokenHash: string; nowMs: number },
): Promise<{ readonly villageId: string; readonly kiosk: KioskInfo } | null> {
  const { kiosks } = tx.t;
  const digits = attempt.code.normalize('NFKC').replace(/[\s-]/g, '');
  if (!/^\d{8}$/.test(digits)) return null;
  const waits = and(
    eq(kiosks.pairingHash, hashToken(digits)),
    gt(kiosks.pairingExpiresAtMs, attempt.nowMs),
    isNull(kiosks.revokedAtMs),
  );
  const [waiting] = await tx.db.select({ villageId: kiosks.villageId }).from(kiosks).where(waits);
  if (!waiting) return null;
  // The desk changes kiosks under this lock too, and takes it before the row, so that neither waits for the other.
  await tx.lockBook(waiting.villageId);
  // The condition of the update decides: if two devices type the same code, one gets the kiosk.
  const [row] = await tx.db
    .update(kiosks)
    .set({
      pairingHash: null,
      pairingExpiresAtMs: null,
      tokenHash: attempt.tokenHash,
      pairedAtMs: attempt.nowMs,
      lastSeenAtMs: attempt.nowMs,
    })
    .where(waits)
    .returning();
  return row ? { villageId: row.villageId, kiosk: infoOf(row) } : null;
}

/** The names of all devices by id, also of those that were taken off. */
export async function kioskNames(reader: Reader, villageId: string): Promise<Map<string, string>> {
  const { kiosks } = reader.t;
  const rows = await reader.db
    .select({ id: kiosks.id, name: kiosks.name })
    .from(kiosks)
    .where(eq(kiosks.villageId, villageId));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Drops codes nobody typed in time. */
export async function dropOldCodes(tx: Tx, nowMs: number): Promise<void> {
  const { kiosks } = tx.t;
  await tx.db
    .update(kiosks)
    .set({ pairingHash: null, pairingExpiresAtMs: null })
    .where(lt(kiosks.pairingExpiresAtMs, nowMs))
    .returning({ id: kiosks.id });
}

/** Ends the open shifts of a kiosk or of a volunteer. */
export async function endShifts(
  { tx, villageId, nowMs }: Pick<Desk, 'tx' | 'villageId' | 'nowMs'>,
  of: { kioskId: string } | { volunteerId: string },
): Promise<void> {
  const { shifts } = tx.t;
  const theirs = 'kioskId' in of ? eq(shifts.kioskId, of.kioskId) : eq(shifts.volunteerId, of.volunteerId);
  await tx.db
    .update(shifts)
    .set({ endedAtMs: nowMs })
    .where(and(eq(shifts.villageId, villageId), theirs, isNull(shifts.endedAtMs)))
    .returning({ id: shifts.id });
}

export function infoOf(
  row: Pick<KioskRow, 'id' | 'name' | 'tokenHash' | 'pairedAtMs' | 'lastSeenAtMs' | 'revokedAtMs'>,
): KioskInfo {
  const state = row.revokedAtMs !== null ? 'revoked' : row.tokenHash === null ? 'waiting' : 'paired';
  return { id: row.id, name: row.name, state, pairedAtMs: row.pairedAtMs, lastSeenAtMs: row.lastSeenAtMs };
}

/** A code no other kiosk waits for, in any village: the code alone finds the kiosk. */
async function drawCode({ tx, nowMs, random, codeLivesMs = PAIRING_CODE_LIVES_MS }: Desk) {
  const { kiosks } = tx.t;
  for (let draw = 0; draw < DRAWS_MAX; draw += 1) {
    const digits = String(randomBelow(random, 10 ** PAIRING_CODE_DIGITS)).padStart(PAIRING_CODE_DIGITS, '0');
    const pairingHash = hashToken(digits);
    const taken = await tx.db
      .select({ id: kiosks.id })
      .from(kiosks)
      .where(eq(kiosks.pairingHash, pairingHash));
    if (taken.length > 0) continue;
    const pairing = { pairingHash, pairingExpiresAtMs: nowMs + codeLivesMs };
    return { code: `${digits.slice(0, 4)} ${digits.slice(4)}`, pairing };
  }
  throw new Error('no free pairing code was drawn');
}

function ofKiosk({ t }: Tx, villageId: string, id: string) {
  return and(eq(t.kiosks.villageId, villageId), eq(t.kiosks.id, id));
}
