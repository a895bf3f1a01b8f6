import { and, eq, gt, isNotNull, isNull, lt, ne, sql, type SQL } from 'drizzle-orm';
import type { Reader, Tables, Tx } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { RandomBytes } from '../http/index.ts';
import { hashToken, newToken } from './secrets.ts';

const dayMs = 86_400_000;
export const STAFF_LIFE_MS = 14 * dayMs;
/** A phone is remembered until its log-in is ended: old people should not need their PIN again. */
export const HOUSEHOLD_LIFE_MS = 10 * 365 * dayMs;
/** Who helps with another household's card is asked again from time to time whether that is still wanted. */
export const HELPER_LIFE_MS = 90 * dayMs;
/** Two pages of one browser may renew at the same moment: so long a spent token is a race, afterwards a theft. */
export const RACE_MS = 10_000;

type SubjectKind = 'staff' | 'household';

export interface SessionSubject {
  readonly villageId: string;
  readonly kind: SubjectKind;
  readonly id: string;
}

export interface Opening {
  readonly nowMs: number;
  readonly random: RandomBytes;
  readonly newId: () => string;
}

/** Of a household's log-in: on what kind of phone, and who helps with it there. */
export interface PhoneFacts {
  readonly device: string | null;
  readonly helper: string | null;
}

export interface OpenedSession {
  readonly sessionId: string;
  readonly token: string;
  readonly lifeMs: number;
}

/** Starts a log-in: a family of tokens, of which each is used once (staff) or the only one is kept (household). */
export async function openSession(
  tx: Tx,
  subject: SessionSubject,
  opening: Opening,
  phone: PhoneFacts = { device: null, helper: null },
): Promise<OpenedSession> {
  const { sessions } = tx.t;
  await tx.db
    .delete(sessions)
    .where(and(ofSubject(sessions, subject), lt(sessions.expiresAtMs, opening.nowMs)))
    .returning({ id: sessions.id });
  return addToken(tx, subject, opening.newId(), opening, phone);
}

/**
 * Trades a refresh token for the next of its family. A token that was spent before ends the family, because
 * two hold it; within RACE_MS it is taken for a second page of the same browser, which gets nothing but the
 * advice to ask again: by then the browser has the newer cookie.
 */
export async function renewSession(
  tx: Tx,
  token: string,
  opening: Opening,
): Promise<{ subject: SessionSubject; opened: OpenedSession } | { ended: true }> {
  const { sessions } = tx.t;
  const refreshHash = hashToken(token);
  const [spent] = await tx.db
    .update(sessions)
    .set({ spentAtMs: opening.nowMs })
    .where(
      and(
        eq(sessions.refreshHash, refreshHash),
        eq(sessions.subjectKind, 'staff'),
        isNull(sessions.spentAtMs),
        gt(sessions.expiresAtMs, opening.nowMs),
      ),
    )
    .returning();
  const row = spent ?? (await findToken(tx, refreshHash));
  if (!row || (await isEnded(tx, row.familyId))) throw new Refusal('auth.session_ended');
  if (!spent) {
    if (row.spentAtMs === null) throw new Refusal('auth.session_ended');
    if (opening.nowMs - row.spentAtMs <= RACE_MS) throw new Refusal('auth.refresh_race');
    await endSession(tx, row.familyId, opening.nowMs);
    return { ended: true };
  }
  const subject: SessionSubject = { villageId: row.villageId, kind: 'staff', id: row.subjectId };
  return { subject, opened: await addToken(tx, subject, row.familyId, opening) };
}

/** Ends the log-in this token belongs to, if it belongs to one. */
export async function endSessionOf(tx: Tx, token: string, nowMs: number): Promise<void> {
  const row = await findToken(tx, hashToken(token));
  if (row) await endSession(tx, row.familyId, nowMs);
}

export async function endSession(tx: Tx, sessionId: string, nowMs: number): Promise<void> {
  const { sessions } = tx.t;
  await end(tx, eq(sessions.familyId, sessionId), nowMs);
}

/** Ends every log-in of a person or household, except one if named. */
export async function endSessions(
  tx: Tx,
  subject: SessionSubject,
  nowMs: number,
  exceptSessionId?: string,
): Promise<void> {
  const { sessions } = tx.t;
  const others = exceptSessionId === undefined ? undefined : ne(sessions.familyId, exceptSessionId);
  await end(tx, and(ofSubject(sessions, subject), others), nowMs);
}

/** The household a token speaks for. */
export async function findHouseholdSession(
  reader: Reader,
  token: string,
  nowMs: number,
): Promise<{ villageId: string; householdId: string; sessionId: string }> {
  const [row] = await reader.prepared(
    'identity.householdSession',
    ({ db, t }) =>
      db
        .select({
          villageId: t.sessions.villageId,
          householdId: t.sessions.subjectId,
          sessionId: t.sessions.familyId,
          expiresAtMs: t.sessions.expiresAtMs,
          revokedAtMs: t.sessions.revokedAtMs,
        })
        .from(t.sessions)
        .where(
          and(
            eq(t.sessions.refreshHash, sql.placeholder('refreshHash')),
            eq(t.sessions.subjectKind, 'household'),
          ),
        ),
    { refreshHash: hashToken(token) },
  );
  if (!row) throw new Refusal('auth.required');
  if (row.revokedAtMs !== null || row.expiresAtMs <= nowMs) throw new Refusal('auth.session_ended');
  return row;
}

async function addToken(
  tx: Tx,
  subject: SessionSubject,
  familyId: string,
  { nowMs, random, newId }: Opening,
  phone: PhoneFacts = { device: null, helper: null },
): Promise<OpenedSession> {
  const token = newToken(random);
  const lifeMs = subject.kind === 'staff' ? STAFF_LIFE_MS : phoneLifeMs(phone);
  await tx.db
    .insert(tx.t.sessions)
    .values({
      villageId: subject.villageId,
      id: newId(),
      familyId,
      subjectKind: subject.kind,
      subjectId: subject.id,
      refreshHash: hashToken(token),
      createdAtMs: nowMs,
      expiresAtMs: nowMs + lifeMs,
      spentAtMs: null,
      revokedAtMs: null,
      device: phone.device,
      helper: phone.helper,
    })
    .returning({ id: tx.t.sessions.id });
  return { sessionId: familyId, token, lifeMs };
}

function phoneLifeMs({ helper }: PhoneFacts): number {
  return helper === null ? HOUSEHOLD_LIFE_MS : HELPER_LIFE_MS;
}

async function findToken(tx: Tx, refreshHash: string) {
  const { sessions } = tx.t;
  const [row] = await tx.db.select().from(sessions).where(eq(sessions.refreshHash, refreshHash));
  return row;
}

/** One revoked token ends the whole family: also the one that a renewal adds at the same moment. */
async function isEnded(tx: Tx, familyId: string): Promise<boolean> {
  const { sessions } = tx.t;
  const [row] = await tx.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.familyId, familyId), isNotNull(sessions.revokedAtMs)))
    .limit(1);
  return row !== undefined;
}

async function end(tx: Tx, which: SQL | undefined, nowMs: number): Promise<void> {
  const { sessions } = tx.t;
  await tx.db
    .update(sessions)
    .set({ revokedAtMs: nowMs })
    .where(and(which, isNull(sessions.revokedAtMs)))
    .returning({ id: sessions.id });
}

function ofSubject(sessions: Tables['sessions'], { villageId, kind, id }: SessionSubject): SQL | undefined {
  return and(eq(sessions.villageId, villageId), eq(sessions.subjectKind, kind), eq(sessions.subjectId, id));
}
