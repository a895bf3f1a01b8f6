import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Reader, Store, Tx } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import type { VillageSettings } from '../../shared/village/settings.ts';
import { bookActs, BY_SERVER } from '../acts/index.ts';
import { type RandomBytes, readVillage, type VillageContext } from '../http/index.ts';
import {
  ADDRESS_POLICY,
  guard,
  guardFrom,
  hashToken,
  newToken,
  NOBODYS_HASH,
  verifySecret,
} from '../identity/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { atKiosk } from './counter-pin.ts';
import { infoOf, type KioskInfo, pairDevice } from './kiosks.ts';
import { dayTotals, shiftTotals } from './counter-totals.ts';
import { actOfBegin, actsOfEnd, type UnendedShift, unendedShifts } from './shift-acts.ts';
import { findShift, isLeftAlone, isOpen, mustBeConfirmed, startShift } from './shifts.ts';
import { findVolunteer } from './volunteers.ts';

/**
 * Pairing codes have eight digits and live a quarter of an hour. After ten wrong ones, the place they come from has
 * to wait.
 */
const PAIRING_POLICY = { ...ADDRESS_POLICY, free: 10 };

interface At {
  readonly store: Store;
  readonly nowMs: number;
  readonly random: RandomBytes;
}

interface PairingAt extends At {
  readonly ledger: Ledger;
  readonly newId: () => string;
}

/** A new device takes the place of a kiosk that waits for this code. */
export async function pair(
  at: PairingAt,
  input: { code: string; address: string },
): Promise<Answer<Operations['kiosk.pair']>> {
  const { store, nowMs } = at;
  const deviceToken = newToken(at.random);
  const subject = {
    villageId: '',
    subject: `pairing:${hashToken(input.address).slice(0, 32)}`,
    nowMs,
    policy: PAIRING_POLICY,
  };
  const attempt = { code: input.code, tokenHash: hashToken(deviceToken), nowMs };
  const pairing = guard(store, subject, () =>
    store.transaction(async (tx) => {
      const paired = await pairDevice(tx, attempt);
      if (paired) await bookPairing(tx, at, paired);
      return paired;
    }),
  );
  const { kiosk } = await pairing.catch((error: unknown) => {
    throw error instanceof Refusal && error.code === 'auth.wrong'
      ? new Refusal('kiosk.pairing', error.params)
      : error;
  });
  return { deviceToken, kiosk };
}

/** Nobody has logged in while a code is typed, so the kiosk itself acts. */
async function bookPairing(
  tx: Tx,
  { ledger, nowMs, newId }: PairingAt,
  { villageId, kiosk: { id: actorId } }: { readonly villageId: string; readonly kiosk: KioskInfo },
): Promise<void> {
  const village = await readVillage(tx, villageId);
  if (!village) throw new Error(`the kiosk ${actorId} has no village`);
  const today = businessDay(nowMs, village.settings.timeZone);
  const at = { villageId, actorId, today, newId, via: 'kiosk' } as const;
  await bookActs(ledger, tx, at, [{ act: 'kiosks.paired', on: `kiosk:${actorId}` }]);
}

interface SignIn {
  readonly villageId: string;
  readonly kioskId: string;
  readonly volunteerId: string;
  readonly pin: string;
  readonly shiftId: string;
}

interface SignInAt extends At {
  readonly ledger: Ledger;
  /** Business day, YYYY-MM-DD. */
  readonly today: string;
  /** When the books were opened: from then on nobody serves unconfirmed. */
  readonly openedAtMs: number | null;
  readonly newId: () => string;
}

interface Unlock {
  readonly villageId: string;
  readonly kioskId: string;
  readonly volunteerId: string;
  readonly pin: string;
}

/** Checks the PIN of the volunteer on duty, whose wrong PINs count with those of signing in. Refuses with auth.wrong, auth.locked. */
export async function unlock(at: Pick<At, 'store' | 'nowMs'>, input: Unlock): Promise<void> {
  await checkPin(at, input);
}

async function checkPin(
  { store, nowMs }: Pick<At, 'store' | 'nowMs'>,
  { villageId, kioskId, volunteerId, pin }: Unlock,
) {
  return guardFrom(
    store,
    atKiosk(villageId, kioskId, nowMs),
    { villageId, subject: volunteerSubject(volunteerId), nowMs, what: 'pin' },
    async () => {
      const row = await store.read((reader) => findVolunteer(reader, villageId, volunteerId));
      const mayServe = row?.disabledAtMs === null;
      const isRight = await verifySecret(mayServe ? row.pinHash : NOBODYS_HASH, pin);
      return mayServe && isRight ? row : null;
    },
  );
}

/** A volunteer starts a shift on this kiosk. Refuses with auth.wrong, auth.locked, volunteer.unconfirmed. */
export async function signIn(at: SignInAt, input: SignIn): Promise<Answer<Operations['kiosk.signIn']>> {
  const { store, nowMs } = at;
  const { villageId, kioskId } = input;
  const volunteer = await checkPin(at, input);
  // Asked after the PIN, so that a guesser learns nothing of the volunteer.
  if (mustBeConfirmed(volunteer, at.openedAtMs))
    throw new Refusal('volunteer.unconfirmed', { what: 'signIn' });
  const shiftToken = newToken(at.random);
  const shift = { villageId, kioskId, id: input.shiftId, volunteer, tokenHash: hashToken(shiftToken), nowMs };
  // Runs in the village's queue, like the redemptions that have the previous shift noted.
  const started = await store.transaction(async (tx) => {
    const before = await unendedShifts(tx, villageId, { kioskId });
    const isStarted = await startShift(tx, shift);
    if (isStarted) await bookSignIn(tx, at, { ...input, before });
    return isStarted;
  }, villageId);
  if (!started) throw new Refusal('auth.wrong', { what: 'pin' });
  return { shiftToken, shiftId: input.shiftId, volunteer: volunteer.name };
}

/** Signing in ends the shift before. One that was over by itself was ended by the server. */
async function bookSignIn(
  tx: Tx,
  { ledger, nowMs, today, newId }: SignInAt,
  { villageId, kioskId, volunteerId, shiftId, before }: SignIn & { readonly before: readonly UnendedShift[] },
): Promise<void> {
  const by = { villageId, actorId: volunteerId, today, newId, via: 'kiosk' } as const;
  const isOver = (shift: UnendedShift) => !isOpen(shift, nowMs) || isLeftAlone(shift, nowMs);
  await bookActs(ledger, tx, { ...by, ...BY_SERVER }, actsOfEnd(before.filter(isOver)));
  const others = before.filter((shift) => !isOver(shift));
  await bookActs(ledger, tx, by, [...actsOfEnd(others), actOfBegin(kioskId, shiftId)]);
}

export function volunteerSubject(volunteerId: string): string {
  return `volunteer:${volunteerId}`;
}

interface KioskQuery {
  readonly village: Pick<VillageContext, 'id' | 'name' | 'settings' | 'openedAtMs'>;
  readonly kioskId: string;
  readonly shiftId: string | undefined;
  readonly nowMs: number;
  readonly today: string;
}

/** The kiosk's state before anybody shows a card: its name, the volunteers who may sign in, the open shift. */
export async function kioskState(
  reader: Reader,
  at: KioskQuery,
): Promise<Omit<Answer<Operations['kiosk.state']>, 'opensAt' | 'nowMs'>> {
  const { kiosks, volunteers } = reader.t;
  const villageId = at.village.id;
  const { settings } = at.village;
  const { shopPhone, shopPlace, printer } = settings;
  const [kiosk] = await reader.db
    .select()
    .from(kiosks)
    .where(and(eq(kiosks.villageId, villageId), eq(kiosks.id, at.kioskId)));
  if (!kiosk) throw new Refusal('auth.required');
  const people = await reader.db
    .select({ id: volunteers.id, name: volunteers.name, confirmedAtMs: volunteers.confirmedAtMs })
    .from(volunteers)
    .where(and(eq(volunteers.villageId, villageId), isNull(volunteers.disabledAtMs)))
    .orderBy(asc(volunteers.createdAtMs), asc(volunteers.id));
  return {
    kiosk: infoOf(kiosk),
    village: {
      ...{ id: villageId, name: at.village.name, shopPhone, shopPlace, hasPrinter: printer !== null },
      // Before the books are open nothing is handed out, with network or without.
      withoutNetwork: at.village.openedAtMs === null ? null : limitsOf(settings),
    },
    volunteers: people.map(({ id, name, confirmedAtMs }) => ({ id, name, mayVouch: confirmedAtMs !== null })),
    shift: at.shiftId === undefined ? null : await shiftNow(reader, at.shiftId, at),
  };
}

/** The limits of handing out without network; null: the village has not switched it on. */
function limitsOf({
  withoutNetworkHundredths: householdHundredths,
  withoutNetworkKioskHundredths: kioskHundredths,
  copyDaysMost: copyDays,
}: VillageSettings) {
  return householdHundredths === null ? null : { householdHundredths, kioskHundredths, copyDays };
}

async function shiftNow(
  reader: Reader,
  shiftId: string,
  { village, nowMs, today }: Pick<KioskQuery, 'village' | 'nowMs' | 'today'>,
) {
  const { id, volunteer, volunteerId, startedAtMs } = await findShift(reader, village, shiftId, nowMs);
  return {
    id,
    volunteer,
    volunteerId,
    startedAtMs,
    ...(await shiftTotals(reader, village.id, shiftId)),
    today: await dayTotals(reader, village.id, { volunteerId, day: today, nowMs }),
  };
}
