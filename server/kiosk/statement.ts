import { and, eq } from 'drizzle-orm';
import type { Reader, Store } from '../../db/index.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { householdNumberKey } from '../../shared/households/number.ts';
import { meantBy, soughtNumber } from '../../shared/households/original-number.ts';
import { maskName } from '../../shared/mask-name.ts';
import { mayBeMeant, numberColumns, pinSubject } from '../households/index.ts';
import type { VillageContext } from '../http/index.ts';
import { guardFrom, hashToken, NOBODYS_HASH, verifySecret } from '../identity/index.ts';
import { heldAccount, householdAccount } from '../households/ledger-kinds.ts';
import { accountId, balancesOf, passbook } from '../ledger/index.ts';
import { withoutNetworkIn } from '../outbox/index.ts';
import { atKiosk } from './counter-pin.ts';
import { lookUpCard } from './lookup.ts';
import { witnessedIn } from '../witnesses.ts';
import { witnessesOf } from './redemption-facts.ts';
import { findShift } from './shifts.ts';
import { volunteerNames } from './volunteers.ts';

const LINES = 10;

type Asked =
  | { readonly card: string }
  | { readonly number: string; readonly pin: string }
  | { readonly householdId: string; readonly presence: string };

/** A household's balance and last lines, as they are shown and printed. */
export type KioskStatement = Omit<Answer<Operations['kiosk.statement']>, 'printToken'>;

interface At {
  readonly store: Store;
  readonly village: VillageContext;
  readonly nowMs: number;
  readonly today: string;
  readonly kioskId: string;
  /** The volunteer on duty on this kiosk may print the statement of a household that is recognised there. */
  readonly shiftId: string | undefined;
  /** Whether this presence is the household's, here and now. */
  readonly isPresent: (householdId: string, presence: string) => boolean;
}

/**
 * Balance and last lines for a household without a phone. It asks by card, by number and PIN, or through the
 * volunteer on duty who has just looked it up.
 */
export async function statement(at: At, asked: Asked): Promise<KioskStatement> {
  const id = await whose(at, asked);
  return at.store.read(async (reader) => {
    if ('householdId' in asked) await findShift(reader, at.village, at.shiftId ?? '', at.nowMs);
    return statementOf(reader, at, id);
  });
}

async function whose(at: At, asked: Asked): Promise<string> {
  const { store } = at;
  if ('card' in asked) return (await store.read((reader) => lookUpCard(reader, at, asked.card))).household.id;
  if ('number' in asked) return checkNumberAndPin(at, asked);
  if (at.shiftId === undefined) throw new Refusal('auth.forbidden');
  if (!at.isPresent(asked.householdId, asked.presence)) throw new Refusal('redemption.absent');
  return asked.householdId;
}

/**
 * Works like a log-in on a phone: unknown numbers and wrong PINs get the same answer in the same time. They are
 * counted together with those on phones, and for the place.
 */
async function checkNumberAndPin(
  { store, village: { id: villageId }, kioskId, nowMs }: At,
  { number, pin }: { number: string; pin: string },
): Promise<string> {
  const numberKey = householdNumberKey(number);
  const rows = await store.read(({ db, t: { households } }) =>
    db
      .select({ ...numberColumns(households), id: households.id, pinHash: households.pinHash })
      .from(households)
      .where(and(eq(households.villageId, villageId), mayBeMeant(households, soughtNumber(number)))),
  );
  const row = meantBy(number, rows);
  const nobody = `nobody:${hashToken(`${villageId} ${numberKey}`).slice(0, 32)}`;
  const subject = row
    ? { villageId, subject: pinSubject(row.id, 'number') }
    : { villageId: '', subject: nobody };
  const asked = { ...subject, nowMs, what: 'number' } as const;
  return guardFrom(store, atKiosk(villageId, kioskId, nowMs), asked, async () => {
    const pinHash = row?.pinHash ?? null;
    const isRight = await verifySecret(pinHash ?? NOBODYS_HASH, pin);
    return isRight && row && pinHash !== null ? row.id : null;
  });
}

/** Reads the statement of a household that was recognised. Refuses with household.not_found, household.closed. */
export async function statementOf(
  reader: Reader,
  { village: { id: villageId }, nowMs }: Pick<At, 'village' | 'nowMs'>,
  id: string,
): Promise<KioskStatement> {
  const { households } = reader.t;
  const [row] = await reader.db
    .select({
      id: households.id,
      number: households.number,
      head: households.head,
      group: households.groupName,
      state: households.state,
    })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.id, id)));
  if (!row) throw new Refusal('household.not_found', { id });
  const { state, ...household } = row;
  if (state === 'closed') throw new Refusal('household.closed', { number: row.number });
  const [account, held] = [householdAccount(id), heldAccount(id)];
  const points = await balancesOf(reader, villageId, [account, held]);
  const { lines } = await passbook(reader, villageId, account, { limit: LINES });
  const names = await volunteerNames(reader, villageId);
  const nameOf = (one: string) => maskName(names.get(one) ?? '');
  const witnessed = await witnessedIn({ reader, villageId, lines }, witnessesOf, nameOf);
  const withoutNetwork = await withoutNetworkIn(reader, villageId, lines);
  return {
    household: { ...household, head: maskName(household.head) },
    balance: points.get(accountId(account)) ?? 0,
    held: points.get(accountId(held)) ?? 0,
    lines: lines.map(({ number, kind, effectiveOn, amount, balanceAfter, text, reversedBy }) => ({
      ...{ number, kind, effectiveOn, amount, balanceAfter, text, reversedBy },
      witnessed: witnessed({ number, kind }),
      ...withoutNetwork({ number }),
    })),
    atMs: nowMs,
  };
}
