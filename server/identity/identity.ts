import type { Reader, Store, Tx } from '../../db/index.ts';
import type { SessionOpened, WhoAmI } from '../../shared/staff/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { readVillage, type RandomBytes, type Resolvers, villageOf } from '../http/index.ts';
import { phoneLife, staffLife } from './session-lifetimes.ts';
import {
  findHouseholdSession,
  openSession,
  prolong,
  prolonged,
  renewSession,
  type OpenedSession,
  type PhoneFacts,
} from './sessions.ts';
import { findBySession, findStaff, staffMember } from './staff.ts';
import { ACCESS_LIFE_S, accessVerifier, signAccess, type TokenKeys } from './tokens.ts';

export interface IdentityDeps {
  readonly keys: TokenKeys;
  readonly random: RandomBytes;
  /** Where phones in use are remembered longer; none are when left out. */
  readonly store?: Store;
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

/** Opens log-ins, and knows them again by their tokens. */
export interface Identity {
  readonly resolvers: Pick<Resolvers, 'staff' | 'household'>;
  /** Opens a log-in for somebody whose password has been checked, or who was made a moment ago. */
  openStaffSession(tx: Tx, villageId: string, staffId: string, when: When): Promise<StaffLogin>;
  /** Trades a refresh token for the next; null when it was spent before, and its log-in has been ended for that. */
  renewStaffSession(tx: Tx, refreshToken: string, when: When): Promise<StaffLogin | null>;
  /** Opens a household's log-in on a phone; the token is shown once and kept as a hash. */
  openHouseholdSession(
    tx: Tx,
    villageId: string,
    householdId: string,
    when: When,
    phone?: PhoneFacts,
  ): Promise<{ token: string; sessionId: string }>;
}

export function createIdentity({ keys, random, store }: IdentityDeps): Identity {
  const openingAt = ({ nowMs, newId }: When) => ({ nowMs, newId, random });

  async function opened(
    tx: Tx,
    { villageId, id }: { villageId: string; id: string },
    session: OpenedSession,
    nowMs: number,
  ) {
    const { sessionId, token, lifeMs } = session;
    const accessToken = signAccess(keys, { villageId, staffId: id, sessionId }, nowMs);
    const answer = { ...(await whoAmI(tx, villageId, id)), accessToken, expiresInS: ACCESS_LIFE_S };
    return { answer, refreshToken: token, refreshLifeMs: lifeMs };
  }

  return {
    resolvers: { staff: staffResolver(keys), household: householdResolver(store) },

    async openStaffSession(tx, villageId, staffId, when) {
      const subject = { villageId, kind: 'staff', id: staffId } as const;
      const { roles } = await findStaff(tx, villageId, staffId);
      const session = await openSession(tx, subject, openingAt(when), { life: staffLife(roles) });
      return opened(tx, subject, session, when.nowMs);
    },

    async renewStaffSession(tx, refreshToken, when) {
      const renewed = await renewSession(tx, refreshToken, openingAt(when), async ({ villageId, id }) =>
        staffLife((await findStaff(tx, villageId, id)).roles),
      );
      return 'ended' in renewed ? null : opened(tx, renewed.subject, renewed.opened, when.nowMs);
    },

    async openHouseholdSession(tx, villageId, householdId, when, phone = { device: null, helper: null }) {
      const subject = { villageId, kind: 'household', id: householdId } as const;
      return openSession(tx, subject, openingAt(when), { life: phoneLife(phone.helper), phone });
    },
  };
}

function staffResolver(keys: TokenKeys): Resolvers['staff'] {
  const verify = accessVerifier(keys);
  return async (accessToken, reader, nowMs) => {
    const claims = verify(accessToken, nowMs);
    const found = await findBySession(reader, { ...claims, nowMs });
    if (!found) throw new Refusal('auth.session_ended');
    const { id, roles, householdIds, mustChangePassword } = found;
    return {
      village: villageOf(found),
      actor: { kind: 'staff', id, roles, householdIds, sessionId: claims.sessionId },
      mustChangePassword,
    };
  };
}

function householdResolver(store: Store | undefined): Resolvers['household'] {
  const prolonging = new Set<string>();
  return async (token, reader, nowMs) => {
    const session = await findHouseholdSession(reader, token, nowMs);
    const { householdId, sessionId } = session;
    const untilMs = prolonged(session, nowMs);
    if (store && untilMs !== null && !prolonging.has(sessionId)) {
      prolonging.add(sessionId);
      // Beside the request: nobody waits for it, and where it fails the next use does it.
      void prolong(store, session, untilMs)
        .catch(() => undefined)
        .finally(() => prolonging.delete(sessionId));
    }
    return {
      village: villageOf(session),
      actor: { kind: 'household', id: householdId, roles: ['household'], householdIds: [], sessionId },
    };
  };
}

export async function whoAmI(reader: Reader, villageId: string, staffId: string): Promise<WhoAmI> {
  const village = await readVillage(reader, villageId);
  if (!village) throw new Refusal('village.not_found');
  const { id, name, town, isDemo } = village;
  return {
    staff: staffMember(await findStaff(reader, villageId, staffId)),
    village: { id, name, town, isDemo },
  };
}
