import type { Reader, Tx } from '../../db/index.ts';
import type { SessionOpened, WhoAmI } from '../../shared/staff/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { areDutiesSplit } from '../../shared/permissions.ts';
import { readVillage, type RandomBytes, type Resolvers, villageOf } from '../http/index.ts';
import { staffLife } from '../identity/index.ts';
import { openSession, renewSession, type OpenedSession } from '../identity/index.ts';
import { countCounted } from './counted.ts';
import { findBySession, findStaff, staffMember } from './staff.ts';
import { ACCESS_LIFE_S, accessVerifier, signAccess, type TokenKeys } from '../identity/index.ts';

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

/** Opens log-ins of staff, and knows them again by their tokens. */
export interface StaffSessions {
  readonly resolver: Resolvers['staff'];
  /** Opens a log-in for somebody whose password has been checked, or who was made a moment ago. */
  open(tx: Tx, villageId: string, staffId: string, when: When): Promise<StaffLogin>;
  /** Trades a refresh token for the next; null when it was spent before, and its log-in has been ended for that. */
  renew(tx: Tx, refreshToken: string, when: When): Promise<StaffLogin | null>;
}

export function createStaffSessions(keys: TokenKeys, random: RandomBytes): StaffSessions {
  async function opened(
    tx: Tx,
    { villageId, id }: { villageId: string; id: string },
    session: OpenedSession,
    nowMs: number,
  ) {
    const { sessionId, token, lifeMs } = session;
    const accessToken = signAccess(keys, { villageId, staffId: id, sessionId }, nowMs);
    const answer = { ...(await whoAmI(tx, villageId, id, nowMs)), accessToken, expiresInS: ACCESS_LIFE_S };
    return { answer, refreshToken: token, refreshLifeMs: lifeMs };
  }

  return {
    resolver: staffResolver(keys),

    async open(tx, villageId, staffId, when) {
      const subject = { villageId, kind: 'staff', id: staffId } as const;
      const { roles } = await findStaff(tx, villageId, staffId);
      const session = await openSession(tx, subject, { ...when, random }, { life: staffLife(roles) });
      return opened(tx, subject, session, when.nowMs);
    },

    async renew(tx, refreshToken, when) {
      const renewed = await renewSession(tx, refreshToken, { ...when, random }, async ({ villageId, id }) =>
        staffLife((await findStaff(tx, villageId, id)).roles),
      );
      return 'ended' in renewed ? null : opened(tx, renewed.subject, renewed.opened, when.nowMs);
    },
  };
}

function staffResolver(keys: TokenKeys): Resolvers['staff'] {
  const verify = accessVerifier(keys);
  return async (accessToken, reader, nowMs) => {
    const claims = verify(accessToken, nowMs);
    const found = await findBySession(reader, { ...claims, nowMs });
    if (!found) throw new Refusal('auth.session_ended');
    const { id, roles, householdIds, mustChangePassword, countedStaff } = found;
    // Until the books are open nothing can be redeemed, and whoever opens them looks at all that was decided.
    const confirmedAtMs = found.villageOpenedAtMs === null ? 0 : found.confirmedAtMs;
    return {
      village: villageOf(found),
      actor: {
        ...{ kind: 'staff', id, roles, householdIds, sessionId: claims.sessionId },
        ...{ confirmedAtMs, countedStaff },
      },
      mustChangePassword,
    };
  };
}

export async function whoAmI(
  reader: Reader,
  villageId: string,
  staffId: string,
  nowMs: number,
): Promise<WhoAmI> {
  const village = await readVillage(reader, villageId);
  if (!village) throw new Refusal('village.not_found');
  const { id, name, town, isDemo, settings } = village;
  return {
    staff: staffMember(await findStaff(reader, villageId, staffId)),
    village: {
      ...{ id, name, town, isDemo, timeZone: settings.timeZone },
      noticeDays: settings.noticeDays,
      dutiesSplit: areDutiesSplit(village.openedAtMs, await countCounted(reader, villageId, nowMs)),
    },
  };
}
