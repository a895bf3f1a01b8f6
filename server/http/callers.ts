import type { IncomingHttpHeaders } from 'node:http';
import type { Reader, Store } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Caller, Resolvers, VillageContext } from './context.ts';
import { readVillage } from './villages.ts';

/** A token's caller and village are remembered so long; a revocation by another process works within it. */
const REMEMBER_MS = 15_000;
const REMEMBERED_MAX = 5_000;
const AUTHORIZATION = /^([a-z]{1,20}) ([A-Za-z0-9._~+/=-]{16,2048})$/i;

interface Token {
  readonly scheme: string;
  readonly text: string;
  readonly shift: string | null;
}

export interface KnownCaller {
  readonly caller: Caller;
  readonly village: VillageContext;
}

export interface Callers {
  /** Whom the request's token speaks for; throws Refusal where it has none or it does not count. */
  identify(headers: IncomingHttpHeaders, nowMs: number): Promise<KnownCaller>;
  /** After a write that may have ended somebody's log-in. */
  forget(): void;
}

/** Tokens come as `Authorization: Bearer …` (staff), `Household …`, or `Kiosk …` with `X-Shift: …` (volunteer). */
export function createCallers(store: Store, resolvers: Resolvers): Callers {
  let known = new Map<string, KnownCaller & { readonly untilMs: number }>();

  function lookUp(token: Token, nowMs: number): Promise<KnownCaller> {
    return store.read(async (reader) => {
      const caller = await resolve(resolvers, token, reader, nowMs);
      const village = await readVillage(reader, caller.villageId);
      if (!village) throw new Refusal('auth.session_ended');
      return { caller, village };
    });
  }

  return {
    async identify({ authorization, 'x-shift': shiftHeader }, nowMs) {
      if (authorization === undefined) throw new Refusal('auth.required');
      const shift = typeof shiftHeader === 'string' ? shiftHeader : null;
      const name = `${authorization} ${shift ?? ''}`;
      const remembered = known.get(name);
      // Not longer either, where the clock was set back meanwhile.
      if (remembered && remembered.untilMs > nowMs && remembered.untilMs <= nowMs + REMEMBER_MS)
        return remembered;
      const [, scheme = '', text = ''] = AUTHORIZATION.exec(authorization) ?? [];
      if (text === '') throw new Refusal('auth.required');
      const before = known;
      const found = await lookUp({ scheme: scheme.toLowerCase(), text, shift }, nowMs);
      const untilMs = Math.min(nowMs + REMEMBER_MS, found.caller.expiresAtMs ?? Infinity);
      if (before.size >= REMEMBERED_MAX) before.clear();
      // Into the map of before: what was asked before a revocation is not remembered after it.
      before.set(name, { ...found, untilMs });
      return found;
    },
    forget() {
      known = new Map();
    },
  };
}

function resolve(resolvers: Resolvers, token: Token, reader: Reader, nowMs: number): Promise<Caller> {
  if (token.scheme === 'bearer') return resolvers.staff(token.text, reader, nowMs);
  if (token.scheme === 'household') return resolvers.household(token.text, reader, nowMs);
  if (token.scheme === 'kiosk') return resolvers.kiosk(token.text, token.shift, reader, nowMs);
  throw new Refusal('auth.required');
}
