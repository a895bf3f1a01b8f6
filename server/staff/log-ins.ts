import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import type { SessionOpened } from '../../shared/staff/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import type { OpenContext, PublicContext } from '../http/index.ts';
import { ADDRESS_POLICY, guard, guardFrom, type KnownDevices } from '../identity/index.ts';
import type { StaffSessions } from './staff-sessions.ts';
import { requireGoodPassword } from '../identity/index.ts';
import { hashSecret, hashToken, NOBODYS_HASH, verifySecret } from '../identity/index.ts';
import { endSessionOf } from '../identity/index.ts';
import { findByUsername, findStaff, loginSubject, ownSubject, setPassword, type StaffRow } from './staff.ts';

interface LogInServices {
  readonly staffSessions: StaffSessions;
  readonly knownDevices: KnownDevices;
}

export async function logIn(
  { staffSessions: sessions, knownDevices }: LogInServices,
  context: PublicContext,
  { username, password }: { username: string; password: string },
): Promise<SessionOpened> {
  const { store, nowMs, newId } = context;
  const staff = await checkPassword(knownDevices, context, { username, password });
  const login = await store.transaction(async (tx) => {
    await confirmUnchanged(tx, staff);
    return sessions.open(tx, staff.villageId, staff.id, { nowMs, newId });
  });
  context.cameIn('staff', login.answer.staff.id);
  context.setRefreshToken(login.refreshToken, login.refreshLifeMs);
  knownDevices.remember(context, { account: login.answer.staff.username, nowMs });
  return login.answer;
}

export async function refresh(
  { staffSessions: sessions, knownDevices }: LogInServices,
  context: PublicContext,
): Promise<SessionOpened> {
  const { store, nowMs, newId, refreshToken } = context;
  if (refreshToken === null) throw new Refusal('auth.session_ended');
  const login = await store.transaction((tx) => sessions.renew(tx, refreshToken, { nowMs, newId }));
  // Thrown outside the transaction, so that the end of the log-in is written and not undone by this refusal.
  if (login === null) throw new Refusal('auth.session_ended');
  context.cameIn('staff', login.answer.staff.id);
  context.setRefreshToken(login.refreshToken, login.refreshLifeMs);
  knownDevices.remember(context, { account: login.answer.staff.username, nowMs });
  return login.answer;
}

export async function logOut(context: PublicContext): Promise<void> {
  const { store, nowMs, refreshToken } = context;
  if (refreshToken !== null) await store.transaction((tx) => endSessionOf(tx, refreshToken, nowMs));
  context.setRefreshToken(null, 0);
}

/** Throws if the password is not the caller's. It protects actions that a passer-by at an open screen must not do. */
export async function confirmPassword(context: OpenContext, password: string): Promise<void> {
  await whoKnows(context, password);
}

async function whoKnows(context: OpenContext, password: string): Promise<StaffRow> {
  const { store, nowMs, actor, village } = context;
  const staff = await store.read((reader) => findStaff(reader, village.id, actor.id));
  const subject = {
    villageId: '',
    // Strangers at the log-in cannot lock what asks somebody who is logged in.
    subject: ownSubject(staff.id),
    nowMs,
    what: 'password',
  } as const;
  await guard(store, subject, async () => ((await verifySecret(staff.passwordHash, password)) ? true : null));
  return staff;
}

/** Changes the caller's own password; every other log-in ends. */
export async function changePassword(
  context: OpenContext,
  { current, next }: { current: string; next: string },
): Promise<void> {
  const { store, nowMs, actor, village } = context;
  const staff = await whoKnows(context, current);
  requireGoodPassword(next, staff.username);
  if (await verifySecret(staff.passwordHash, next)) throw new Refusal('auth.weak_password');
  const hash = await hashSecret(next);
  const keep = actor.sessionId === undefined ? {} : { keepSessionId: actor.sessionId };
  await store.transaction(async (tx) => {
    // A writer of the book locks it before anything else.
    await tx.lockBook(village.id);
    await confirmUnchanged(tx, staff);
    await setPassword(tx, village.id, actor.id, { hash, mustChange: false, ...keep }, nowMs);
    await context.bookActs(tx, { act: 'staff.password_changed', on: `staff:${actor.id}` });
  });
}

/** Finds a person who may log in by name and password. Known and unknown names get the same answer in the same time. */
async function checkPassword(
  knownDevices: KnownDevices,
  context: PublicContext,
  { username, password }: { username: string; password: string },
): Promise<StaffRow> {
  const { store, nowMs, address } = context;
  const subject = `address:${hashToken(address).slice(0, 32)}`;
  const fromAddress = { villageId: '', subject, nowMs, policy: ADDRESS_POLICY };
  // Anybody can lock a name; a device that has logged in under it before has a counter of its own.
  const byDevice = knownDevices.subjectOf(context, { account: username, nowMs });
  const asked = {
    villageId: '',
    subject: byDevice ?? loginSubject(username),
    nowMs,
    what: 'account',
  } as const;
  return guardFrom(store, fromAddress, asked, async () => {
    const staff = await store.read((reader) => findByUsername(reader, username));
    const right = await verifySecret(staff?.passwordHash ?? NOBODYS_HASH, password);
    return right && staff?.disabledAtMs === null ? staff : null;
  });
}

/** The password was checked outside this transaction: it must not have been changed, nor its owner disabled, since. */
async function confirmUnchanged(tx: Tx, { villageId, id, passwordHash }: StaffRow): Promise<void> {
  const { staff } = tx.t;
  const same = and(eq(staff.villageId, villageId), eq(staff.id, id), eq(staff.passwordHash, passwordHash));
  const [row] = await tx.db
    .update(staff)
    .set({ passwordHash })
    .where(and(same, isNull(staff.disabledAtMs)))
    .returning({ id: staff.id });
  if (!row) throw new Refusal('auth.session_ended');
}
