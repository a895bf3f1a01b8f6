import type { IncomingHttpHeaders } from 'node:http';
import type { Reader, Tx } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Caller, Resolvers } from './context.ts';

const AUTHORIZATION = /^([a-z]{1,20}) ([A-Za-z0-9._~+/=-]{16,2048})$/i;

/** A request's token as it came. The database says whether it counts. */
export interface Token {
  readonly scheme: string;
  readonly text: string;
  readonly shift: string | null;
}

/** Tokens come as `Authorization: Bearer …` (staff), `Household …`, or `Kiosk …` with `X-Shift: …` (volunteer). */
export function tokenOf({ authorization = '', 'x-shift': shift }: IncomingHttpHeaders): Token {
  const [, scheme = '', text = ''] = AUTHORIZATION.exec(authorization) ?? [];
  if (text === '') throw new Refusal('auth.required');
  return { scheme: scheme.toLowerCase(), text, shift: typeof shift === 'string' ? shift : null };
}

/**
 * Finds out whom a token speaks for, or throws Refusal. It asks in the snapshot or transaction that does the work, so that
 * somebody whose log-in was ended through any process is refused with the next request.
 */
export async function authenticate(
  resolvers: Resolvers,
  token: Token,
  reader: Reader,
  { nowMs, isByHand }: { readonly nowMs: number; readonly isByHand: boolean },
): Promise<Caller> {
  const { scheme, text, shift } = token;
  if (scheme === 'bearer') return resolvers.staff(text, reader, nowMs);
  if (scheme === 'household') return resolvers.household(text, reader, nowMs);
  if (scheme === 'kiosk') return resolvers.kiosk({ device: text, shift }, reader, nowMs, isByHand);
  throw new Refusal('auth.required');
}

function nameOf({ scheme, text, shift }: Token): string {
  return `${scheme} ${text} ${shift ?? ''}`;
}

/** Finds callers for requests that share a transaction. */
export type SharedLookUps = (tx: Tx, token: Token) => Promise<Caller>;

/**
 * Looks each token up once in a transaction, at the time of the first request that asks. They all ask before the
 * transaction writes anything, so that none is let in who ended meanwhile. Nobody's device writes by itself.
 */
export function createSharedLookUps(resolvers: Resolvers, clock: () => number): SharedLookUps {
  const byTx = new WeakMap<Tx, Map<string, Promise<Caller>>>();
  return (tx, token) => {
    const found = byTx.get(tx) ?? new Map<string, Promise<Caller>>();
    byTx.set(tx, found);
    const name = nameOf(token);
    const caller = found.get(name) ?? authenticate(resolvers, token, tx, { nowMs: clock(), isByHand: true });
    found.set(name, caller);
    return caller;
  };
}

const RECENT_MS = 15_000;
const RECENT_MAX = 5_000;

/**
 * Remembers whom tokens stood for a moment ago. It is asked whether a caller may send a body, which nobody unknown may, so
 * that the database is not asked twice. Nothing is written or shown on its word, and nobody is refused on it.
 */
export interface RecentCallers {
  find(token: Token, nowMs: number): Caller | undefined;
  note(token: Token, caller: Caller, nowMs: number): void;
}

export function createRecentCallers(): RecentCallers {
  const recent = new Map<string, { readonly caller: Caller; readonly untilMs: number }>();
  return {
    find(token, nowMs) {
      const found = recent.get(nameOf(token));
      // If the clock was set back meanwhile, it is not remembered for longer.
      return found && found.untilMs > nowMs && found.untilMs <= nowMs + RECENT_MS ? found.caller : undefined;
    },
    note(token, caller, nowMs) {
      if (recent.size >= RECENT_MAX) recent.clear();
      recent.set(nameOf(token), { caller, untilMs: nowMs + RECENT_MS });
    },
  };
}
