import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Reader, Tables, Tx } from '../../db/index.ts';
import type { Phone } from '../../shared/me/phones.ts';
import { Refusal } from '../../shared/errors.ts';
import { readDevice } from './devices.ts';
import { endSession } from './sessions.ts';

interface Whose {
  readonly villageId: string;
  readonly householdId: string;
}

/** Phones on which a household's passbook is open now, the newest first. */
export async function listPhones(reader: Reader, whose: Whose, nowMs: number): Promise<Phone[]> {
  const { sessions } = reader.t;
  const rows = await reader.db
    .select()
    .from(sessions)
    .where(and(ofHousehold(sessions, whose), isNull(sessions.revokedAtMs), gt(sessions.expiresAtMs, nowMs)))
    .orderBy(desc(sessions.createdAtMs), desc(sessions.id));
  return rows.map((row) => ({
    id: row.familyId,
    ...readDevice(row.device),
    helper: row.helper,
    sinceMs: row.createdAtMs,
    untilMs: row.helper === null ? null : row.expiresAtMs,
  }));
}

/** Ends the log-in on one phone; an ended one stays ended. Refuses a phone that never was this household's. */
export async function endPhone(tx: Tx, whose: Whose, phoneId: string, nowMs: number): Promise<void> {
  const { sessions } = tx.t;
  const [row] = await tx.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(ofHousehold(sessions, whose), eq(sessions.familyId, phoneId)))
    .limit(1);
  if (!row) throw new Refusal('phone.not_found', { id: phoneId });
  await endSession(tx, phoneId, nowMs);
}

/** The helper who uses the phone of this log-in, and until when; null on a phone of the household's own. */
export async function helperOf(
  reader: Reader,
  whose: Whose,
  sessionId: string,
): Promise<{ name: string; untilMs: number } | null> {
  const { sessions } = reader.t;
  const [row] = await reader.db
    .select({ name: sessions.helper, untilMs: sessions.expiresAtMs })
    .from(sessions)
    .where(and(ofHousehold(sessions, whose), eq(sessions.familyId, sessionId)))
    .limit(1);
  return row?.name === null || row === undefined ? null : { name: row.name, untilMs: row.untilMs };
}

/** Refuses a log-in that has ended since the request was let in. Call where its work is done. */
export async function requireOpenPhone(
  tx: Tx,
  { sessionId, ...whose }: Whose & { readonly sessionId: string },
  nowMs: number,
): Promise<void> {
  const { sessions } = tx.t;
  const [row] = await tx.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        ofHousehold(sessions, whose),
        eq(sessions.familyId, sessionId),
        isNull(sessions.revokedAtMs),
        gt(sessions.expiresAtMs, nowMs),
      ),
    )
    .limit(1);
  if (!row) throw new Refusal('auth.session_ended');
}

function ofHousehold(sessions: Tables['sessions'], { villageId, householdId }: Whose) {
  return and(
    eq(sessions.villageId, villageId),
    eq(sessions.subjectKind, 'household'),
    eq(sessions.subjectId, householdId),
  );
}
