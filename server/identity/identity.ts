import { and, eq, isNull } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import type { SessionOpened, WhoAmI } from '../../shared/contract/session.ts';
import { Refusal } from '../../shared/errors.ts';
import { readVillage, type OpenContext, type RandomBytes, type Resolvers } from '../http/index.ts';
import { ADDRESS_POLICY, countTry, forgetOld, guard, refuseLocked } from './guard.ts';
import { requireGoodPassword } from './passwords.ts';
import { hashSecret, hashToken, NOBODYS_HASH, verifySecret } from './secrets.ts';
import { endSessionOf, findHouseholdSession, openSession, renewSession, type OpenedSession } from './sessions.ts';
import {
  findBySession,
  findByUsername,
  findStaff,
  loginSubject,
  setPassword,
  staffMember,
  type StaffRow,
} from './staff.ts';
import { ACCESS_LIFE_S, signAccess, verifyAccess, type TokenKeys } from './tokens.ts';

export interface IdentityDeps {
  readonly keys: TokenKeys;
  readonly random: RandomBytes;
}

/** A log-in just opened: what the caller is told, and the refresh token for its cookie. */
export interface StaffLogin {
  readonly answer: SessionOpened;
  readonly refreshToken: string;
  readonly refreshLifeMs: number;
}

interface When {
  readonly nowMs: number;
  readonly newId: () => string;
}

export interface Identity {
  readonly resolvers: Pick<Resolvers, 'staff' | 'household'>;
  /** Opens a log-in for somebody whose password has been checked, or who was made a moment ago. */
  openStaffSession(tx: Tx, villageId: string, staffId: string, when: When): Promise<StaffLogin>;
  /** Opens a household's log-in on a phone; the token is shown once and kept as a hash. */
  openHouseholdSession(tx: Tx, villageId: string, householdId: string, when: When): Promise<string>;
  login(context: OpenContext, username: string, password: string): Promise<SessionOpened>;
  refresh(context: OpenContext): Promise<SessionOpened>;
  logout(context: OpenContext): Promise<void>;
  changePassword(context: OpenContext, current: string, next: string): Promise<void>;
}

export function createIdentity({ keys, random }: IdentityDeps): Identity {
  function opened(who: WhoAmI, session: OpenedSession, nowMs: number): StaffLogin {
    const { sessionId, token, lifeMs } = session;
    const villageId = who.village.id;
    const accessToken = signAccess(keys, { villageId, staffId: who.staff.id, sessionId }, nowMs);
    return {
      answer: { ...who, accessToken, expiresInS: ACCESS_LIFE_S },
      refreshToken: token,
      refreshLifeMs: lifeMs,
    };
  }

  async function openStaffSession(tx: Tx, villageId: string, staffId: string, when: When): Promise<StaffLogin> {
    const subject = { villageId, kind: 'staff', id: staffId } as const;
    const session = await openSession(tx, subject, { nowMs: when.nowMs, newId: when.newId, random });
    return opened(await whoAmI(tx, villageId, staffId), session, when.nowMs);
  }

  return {
    resolvers: {
      async staff(accessToken, reader, nowMs) {
        const claims = verifyAccess(keys, accessToken, nowMs);
        const row = await findBySession(reader, claims);
        return {
          villageId: row.villageId,
          actor: {
            kind: 'staff',
            id: row.id,
            roles: row.roles,
            householdIds: row.householdIds,
            sessionId: claims.sessionId,
          },
          mustChangePassword: row.mustChangePassword,
          expiresAtMs: claims.expiresAtMs,
        };
      },
      async household(token, reader, nowMs) {
        const { villageId, householdId, sessionId } = await findHouseholdSession(reader, token, nowMs);
        return {
          villageId,
          actor: { kind: 'household', id: householdId, roles: ['household'], householdIds: [], sessionId },
        };
      },
    },

    openStaffSession,

    async openHouseholdSession(tx, villageId, householdId, when) {
      const subject = { villageId, kind: 'household', id: householdId } as const;
      const { token } = await openSession(tx, subject, { nowMs: when.nowMs, newId: when.newId, random });
      return token;
    },

    async login(context, username, password) {
      const { store, nowMs } = context;
      const staff = await checkPassword(context, username, password);
      const login = await store.transaction(async (tx) => {
        await confirmUnchanged(tx, staff);
        await forgetOld(tx, nowMs);
        return openStaffSession(tx, staff.villageId, staff.id, context);
      });
      context.setRefreshToken(login.refreshToken, login.refreshLifeMs);
      return login.answer;
    },

    async refresh(context) {
      const { store, nowMs, refreshToken } = context;
      if (refreshToken === null) throw new Refusal('auth.session_ended');
      const renewed = await store.transaction(async (tx) => {
        const outcome = await renewSession(tx, refreshToken, { nowMs, random, newId: context.newId });
        if ('ended' in outcome) return null;
        const { villageId, id } = outcome.subject;
        return opened(await whoAmI(tx, villageId, id), outcome.opened, nowMs);
      });
      if (renewed === null || renewed.answer.staff.disabled) throw new Refusal('auth.session_ended');
      context.setRefreshToken(renewed.refreshToken, renewed.refreshLifeMs);
      return renewed.answer;
    },

    async logout(context) {
      const { store, nowMs, refreshToken } = context;
      if (refreshToken !== null) await store.transaction((tx) => endSessionOf(tx, refreshToken, nowMs));
      context.setRefreshToken(null, 0);
    },

    async changePassword(context, current, next) {
      const { store, nowMs, actor, village } = context;
      const staff = await store.read((reader) => findStaff(reader, village.id, actor.id));
      const subject = { villageId: '', subject: loginSubject(staff.username), nowMs };
      await guard(store, subject, async () => ((await verifySecret(staff.passwordHash, current)) ? true : null));
      requireGoodPassword(next, staff.username);
      if (await verifySecret(staff.passwordHash, next)) throw new Refusal('auth.weak_password');
      const hash = await hashSecret(next);
      const keep = actor.sessionId === undefined ? {} : { keepSessionId: actor.sessionId };
      await store.transaction(async (tx) => {
        await confirmUnchanged(tx, staff);
        await setPassword(tx, village.id, actor.id, { hash, mustChange: false, ...keep }, nowMs);
      });
    },
  };
}

/** A right password of a person who may log in; known and unknown names look and take alike. */
async function checkPassword({ store, nowMs, address }: OpenContext, username: string, password: string): Promise<StaffRow> {
  const fromAddress = { villageId: '', subject: `address:${hashToken(address).slice(0, 32)}`, nowMs, policy: ADDRESS_POLICY };
  await refuseLocked(store, fromAddress);
  return guard(store, { villageId: '', subject: loginSubject(username), nowMs }, async () => {
    const staff = await store.read((reader) => findByUsername(reader, username));
    const right = await verifySecret(staff?.passwordHash ?? NOBODYS_HASH, password);
    if (right && staff?.disabledAtMs === null) return staff;
    await store.transaction((tx) => countTry(tx, fromAddress));
    return null;
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

export async function whoAmI(reader: Reader, villageId: string, staffId: string): Promise<WhoAmI> {
  const village = await readVillage(reader, villageId);
  if (!village) throw new Refusal('village.not_found');
  const { id, name, town, isDemo } = village;
  return { staff: staffMember(await findStaff(reader, villageId, staffId)), village: { id, name, town, isDemo } };
}
