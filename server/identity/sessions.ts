import { and, eq, gt, isNotNull, isNull, lt, ne, or, sql, type SQL } from 'drizzle-orm';
import type { Reader, Store, Tables, Tx } from '../../db/index.ts';
import { DAY_MS } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { type RandomBytes, villageColumns } from '../http/index.ts';
import { endsAtMs, type Life, phoneLife } from './session-lifetimes.ts';
import { hashToken, newToken } from './secrets.ts';

/** A phone's log-in is prolonged by use, but written at most this often. */
const PROLONG_EVERY_MS = 30 * DAY_MS;
/**
 * A spent token is renewed once more within this time: two pages of one browser may renew at the same moment, and an
 * answer is lost when the page is left or the network breaks, so that the browser still has the old cookie. It covers
 * three attempts of a page. Afterwards a spent token is taken for theft.
 */
export const RENEW_AGAIN_MS = 60_000;

type SubjectKind = 'staff' | 'household';

export interface SessionSubject {
  readonly villageId: string;
  readonly kind: SubjectKind;
  readonly id: string;
}

export interface SessionStart {
  readonly nowMs: number;
  readonly random: RandomBytes;
  readonly newId: () => string;
}

/** The kind of phone of a household's log-in, and who helps with it there. */
export interface PhoneFacts {
  readonly device: string | null;
  readonly helper: string | null;
}

export interface OpenedSession {
  readonly sessionId: string;
  readonly token: string;
  readonly lifeMs: number;
}

/** Starts a log-in. Staff get a family of tokens, each used once; a household gets one token that it keeps. */
export async function openSession(
  tx: Tx,
  subject: SessionSubject,
  opening: SessionStart,
  kind: { readonly life: Life; readonly phone?: PhoneFacts },
): Promise<OpenedSession> {
  const { sessions } = tx.t;
  await tx.db
    .delete(sessions)
    .where(and(ofSubject(sessions, subject), lt(sessions.expiresAtMs, opening.nowMs)))
    .returning({ id: sessions.id });
  const family = { id: opening.newId(), startedAtMs: opening.nowMs };
  return addToken(tx, subject, family, opening, kind);
}

/**
 * Trades a refresh token for the next of its family. A token that was spent longer than RENEW_AGAIN_MS ago ends the
 * family, because two people hold it.
 */
export async function renewSession(
  tx: Tx,
  token: string,
  opening: SessionStart,
  lifeOf: (subject: SessionSubject) => Promise<Life>,
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
    if (opening.nowMs - row.spentAtMs > RENEW_AGAIN_MS) {
      await endSession(tx, row.familyId, opening.nowMs);
      return { ended: true };
    }
    if (row.expiresAtMs <= opening.nowMs) throw new Refusal('auth.session_ended');
  }
  const subject: SessionSubject = { villageId: row.villageId, kind: 'staff', id: row.subjectId };
  const life = await lifeOf(subject);
  // The owner may have been given a role since then whose log-ins last less long.
  if (endsAtMs(life, row.createdAtMs, opening.nowMs) <= opening.nowMs)
    throw new Refusal('auth.session_ended');
  const family = { id: row.familyId, startedAtMs: row.createdAtMs };
  return { subject, opened: await addToken(tx, subject, family, opening, { life }) };
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

/** Ends every log-in of everybody. */
export async function endAllSessions(tx: Tx, nowMs: number): Promise<void> {
  await end(tx, undefined, nowMs);
}

/**
 * Deletes log-ins that have expired, and log-ins that were ended before `endedBeforeMs`. That must be longer ago than
 * a token of the family may live.
 */
export async function dropEnded(tx: Tx, { nowMs, endedBeforeMs }: { nowMs: number; endedBeforeMs: number }) {
  const { sessions } = tx.t;
  await tx.db
    .delete(sessions)
    .where(or(lt(sessions.expiresAtMs, nowMs), lt(sessions.revokedAtMs, endedBeforeMs)))
    .returning({ id: sessions.id });
}

type PhoneSession = Awaited<ReturnType<typeof findHouseholdSession>>;

/** The household a token speaks for, and its village. */
export async function findHouseholdSession(reader: Reader, token: string, nowMs: number) {
  const [row] = await reader.prepared(
    'identity.householdSession',
    ({ db, t }) =>
      db
        .select({
          ...villageColumns(t),
          householdId: t.sessions.subjectId,
          sessionId: t.sessions.familyId,
          createdAtMs: t.sessions.createdAtMs,
          helper: t.sessions.helper,
          expiresAtMs: t.sessions.expiresAtMs,
          revokedAtMs: t.sessions.revokedAtMs,
        })
        .from(t.sessions)
        .innerJoin(t.villages, eq(t.villages.id, t.sessions.villageId))
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

/** The new end of the log-in of a phone in use; null if it is not worth writing yet. */
export function prolonged(
  { createdAtMs, expiresAtMs, helper }: Pick<PhoneSession, 'createdAtMs' | 'expiresAtMs' | 'helper'>,
  nowMs: number,
): number | null {
  const untilMs = endsAtMs(phoneLife(helper), createdAtMs, nowMs);
  return untilMs - expiresAtMs >= PROLONG_EVERY_MS ? untilMs : null;
}

export async function prolong(
  store: Store,
  { sessionId }: Pick<PhoneSession, 'sessionId'>,
  untilMs: number,
): Promise<void> {
  await store.transaction(async (tx) => {
    const { sessions } = tx.t;
    const shorter = and(eq(sessions.familyId, sessionId), lt(sessions.expiresAtMs, untilMs));
    await tx.db
      .update(sessions)
      .set({ expiresAtMs: untilMs })
      .where(and(shorter, isNull(sessions.revokedAtMs)))
      .returning({ id: sessions.id });
  });
}

/** `family`: one log-in; each of its tokens knows when it began. */
async function addToken(
  tx: Tx,
  subject: SessionSubject,
  family: { readonly id: string; readonly startedAtMs: number },
  { nowMs, random, newId }: SessionStart,
  { life, phone = { device: null, helper: null } }: { readonly life: Life; readonly phone?: PhoneFacts },
): Promise<OpenedSession> {
  const token = newToken(random);
  const expiresAtMs = endsAtMs(life, family.startedAtMs, nowMs);
  await tx.db
    .insert(tx.t.sessions)
    .values({
      villageId: subject.villageId,
      id: newId(),
      familyId: family.id,
      subjectKind: subject.kind,
      subjectId: subject.id,
      refreshHash: hashToken(token),
      createdAtMs: family.startedAtMs,
      expiresAtMs,
      spentAtMs: null,
      revokedAtMs: null,
      device: phone.device,
      helper: phone.helper,
    })
    .returning({ id: tx.t.sessions.id });
  return { sessionId: family.id, token, lifeMs: expiresAtMs - nowMs };
}

async function findToken(tx: Tx, refreshHash: string) {
  const { sessions } = tx.t;
  const [row] = await tx.db.select().from(sessions).where(eq(sessions.refreshHash, refreshHash));
  return row;
}

/** True if any token of the family is revoked. This also ends the token that a renewal adds at the same moment. */
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
