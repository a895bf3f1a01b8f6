import type { Store, Tx } from '../../db/index.ts';
import { type RandomBytes, type Resolvers, villageOf } from '../http/index.ts';
import { phoneLife } from './session-lifetimes.ts';
import { findHouseholdSession, openSession, prolong, prolonged, type PhoneFacts } from './sessions.ts';

interface When {
  readonly nowMs: number;
  readonly newId: () => string;
}

/** Opens log-ins of households on phones, and knows them again by their tokens. */
export interface HouseholdSessions {
  readonly resolver: Resolvers['household'];
  /** The token is shown once and kept as a hash. */
  open(
    tx: Tx,
    household: { readonly villageId: string; readonly id: string },
    when: When,
    phone?: PhoneFacts,
  ): Promise<{ token: string; sessionId: string }>;
}

/** With a store, the log-ins of phones in use are prolonged. */
export function createHouseholdSessions(random: RandomBytes, store?: Store): HouseholdSessions {
  return {
    resolver: householdResolver(store),
    open(tx, { villageId, id }, when, phone = { device: null, helper: null }) {
      const subject = { villageId, kind: 'household', id } as const;
      return openSession(tx, subject, { ...when, random }, { life: phoneLife(phone.helper), phone });
    },
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
      // This runs beside the request: nobody waits for it, and if it fails the next use does it.
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
