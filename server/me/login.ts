import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { isCardCode } from '../../shared/cards/code.ts';
import { Refusal } from '../../shared/errors.ts';
import { householdNumberKey } from '../../shared/households/number.ts';
import { meantBy, soughtNumber } from '../../shared/households/original-number.ts';
import { mayBeMeant, numberColumns, pinSubject } from '../households/index.ts';
import type { PublicContext } from '../http/index.ts';
import {
  ADDRESS_POLICY,
  countTry,
  guardFrom,
  type GuardedSubject,
  hashToken,
  NOBODYS_HASH,
  verifySecret,
} from '../identity/index.ts';

export type LoginBody =
  | { readonly card: string; readonly pin: string }
  | { readonly villageId: string; readonly number: string; readonly pin: string };

interface Candidate {
  readonly villageId: string;
  readonly householdId: string;
  readonly pinHash: string | null;
  readonly cardRevoked: boolean;
}

/**
 * Finds the household by card or number and PIN. Wrong PINs, unknown cards and unknown numbers get the same answer in
 * the same time. They are counted alike: per household and way in (or per text typed), and per address. Only the
 * holder of a valid card learns that the household has no PIN yet.
 */
export async function checkPin(
  context: PublicContext,
  body: LoginBody,
): Promise<Candidate & { pinHash: string }> {
  const { store, nowMs } = context;
  const from = fromPlace(context);
  const candidate = await store.read((reader) => findCandidate(reader, body));
  if (candidate?.pinHash === null && 'card' in body && !candidate.cardRevoked) {
    await store.transaction((tx) => countTry(tx, from));
    throw new Refusal('me.no_pin');
  }
  const what = 'card' in body ? 'card' : 'number';
  const checked = await guardFrom(store, from, { ...subjectOf(candidate, body), nowMs, what }, async () => {
    const pinHash = candidate?.pinHash ?? null;
    const isRight = await verifySecret(pinHash ?? NOBODYS_HASH, body.pin);
    return isRight && candidate && pinHash !== null ? { ...candidate, pinHash } : null;
  });
  if (checked.cardRevoked) throw new Refusal('card.revoked');
  return checked;
}

/** Counts wrong PINs of any household for the place they come from. */
export function fromPlace({ address, nowMs }: Pick<PublicContext, 'address' | 'nowMs'>): GuardedSubject {
  return { villageId: '', subject: `me:${fingerprint(address)}`, nowMs, policy: ADDRESS_POLICY };
}

async function findCandidate(reader: Reader, body: LoginBody): Promise<Candidate | null> {
  const { cards, households } = reader.t;
  if ('card' in body) {
    if (!isCardCode(body.card)) return null;
    const [row] = await reader.db
      .select({
        villageId: cards.villageId,
        householdId: cards.householdId,
        pinHash: households.pinHash,
        revokedAtMs: cards.revokedAtMs,
      })
      .from(cards)
      .innerJoin(
        households,
        and(eq(households.villageId, cards.villageId), eq(households.id, cards.householdId)),
      )
      .where(eq(cards.code, body.card));
    if (!row) return null;
    const { revokedAtMs, ...rest } = row;
    return { ...rest, cardRevoked: revokedAtMs !== null };
  }
  const rows = await reader.db
    .select({
      ...numberColumns(households),
      villageId: households.villageId,
      householdId: households.id,
      pinHash: households.pinHash,
    })
    .from(households)
    .where(and(eq(households.villageId, body.villageId), mayBeMeant(households, soughtNumber(body.number))));
  const meant = meantBy(body.number, rows);
  if (!meant) return null;
  const { villageId, householdId, pinHash } = meant;
  return { villageId, householdId, pinHash, cardRevoked: false };
}

function subjectOf(candidate: Candidate | null, body: LoginBody): { villageId: string; subject: string } {
  if (candidate) {
    const subject = pinSubject(candidate.householdId, 'card' in body ? 'card' : 'number');
    return { villageId: candidate.villageId, subject };
  }
  const typed = 'card' in body ? body.card : `${body.villageId} ${householdNumberKey(body.number)}`;
  return { villageId: '', subject: `nobody:${fingerprint(typed)}` };
}

function fingerprint(text: string): string {
  return hashToken(text).slice(0, 32);
}
