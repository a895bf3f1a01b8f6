import { and, asc, eq, like } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';

/** Every log-in of a household that is still kept, ended ones too, the first one first. */
export async function logInsOf(reader: Reader, villageId: string, householdId: string) {
  const { sessions } = reader.t;
  return reader.db
    .select({
      device: sessions.device,
      helper: sessions.helper,
      createdAtMs: sessions.createdAtMs,
      expiresAtMs: sessions.expiresAtMs,
      revokedAtMs: sessions.revokedAtMs,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.villageId, villageId),
        eq(sessions.subjectKind, 'household'),
        eq(sessions.subjectId, householdId),
      ),
    )
    .orderBy(asc(sessions.createdAtMs), asc(sessions.id));
}

/** Wrong PINs counted for a household, by where they were given. */
export async function wrongTriesOf(reader: Reader, villageId: string, householdId: string) {
  const { authFailures } = reader.t;
  const of = `household:${householdId}:`;
  const rows = await reader.db
    .select()
    .from(authFailures)
    .where(and(eq(authFailures.villageId, villageId), like(authFailures.subject, `${of}%`)))
    .orderBy(asc(authFailures.subject));
  return rows.map(({ subject, ...row }) => ({ ...row, by: subject.slice(of.length) }));
}
