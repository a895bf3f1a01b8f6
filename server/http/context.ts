import type { Reader, Store, Tx } from '../../db/store.ts';
import type { Answer, HandlerInput } from '../../shared/contract/define.ts';
import type { ENDPOINTS, EndpointId } from '../../shared/contract/endpoints.ts';
import type { Operations } from '../../shared/contract/index.ts';
import type { Role } from '../../shared/permissions.ts';
import type { VillageSettings } from '../../shared/village.ts';

/** Who is calling, as the token says and the database confirmed. */
export interface Actor {
  readonly kind: 'staff' | 'household' | 'kiosk' | 'volunteer' | 'public';
  /** Staff, household, kiosk or volunteer id; empty for the public. Volunteers act through `kioskId` and `shiftId`. */
  readonly id: string;
  readonly roles: readonly Role[];
  readonly kioskId?: string;
  readonly shiftId?: string;
  /** Staff only: own household and declared relatives'. */
  readonly householdIds: readonly string[];
}

export interface VillageContext {
  readonly id: string;
  readonly name: string;
  readonly settings: VillageSettings;
}

/** What every handler may know. Time and randomness come from here and nowhere else. */
interface CommonContext {
  readonly actor: Actor;
  /** The caller's own village; throws Refusal('auth.forbidden') where the caller has none (public routes). */
  readonly village: VillageContext;
  readonly nowMs: number;
  /** The business day in the village's time zone, YYYY-MM-DD. */
  readonly today: string;
  newId(): string;
}

/** GET: one consistent snapshot. */
export interface ReadContext extends CommonContext {
  readonly reader: Reader;
}

/** Idempotent POST and PATCH: runs inside the transaction that also stores the key and the answer. Await nothing but `tx`. */
export interface WriteContext extends CommonContext {
  readonly tx: Tx;
  /** Minted by the client when the intent began; pass it (or a part derived from it) to the ledger. */
  readonly idempotencyKey: string;
}

/** `idempotent: false`: log-ins, uploads, verification. Opens its own reads and transactions. */
export interface OpenContext extends CommonContext {
  readonly store: Store;
  readonly address: string;
  /** The refresh token from the cookie, if any. */
  readonly refreshToken: string | null;
  /** Sets (or with null clears) the httpOnly refresh cookie. */
  setRefreshToken(token: string | null, maxAgeMs: number): void;
  /** True when the request came from the server's own machine without a proxy between. */
  readonly isLocal: boolean;
}

type MethodOf<Id extends EndpointId> = (typeof ENDPOINTS)[Id] extends `${infer M} ${string}` ? M : never;

type ContextOf<Id extends EndpointId> = Operations[Id] extends { idempotent: false }
  ? OpenContext
  : MethodOf<Id> extends 'GET'
    ? ReadContext
    : WriteContext;

export type Handler<Id extends EndpointId> = (
  input: HandlerInput<Operations[Id]>,
  context: ContextOf<Id>,
) => Promise<Answer<Operations[Id]>>;

/**
 * A write that must do slow work first (hashing a password) outside the transaction. `before` may await
 * anything and must change nothing; `run` gets its result.
 */
export interface PreparedHandler<Id extends EndpointId, P> {
  before(input: HandlerInput<Operations[Id]>): Promise<P>;
  run(input: HandlerInput<Operations[Id]>, context: ContextOf<Id>, prepared: P): Promise<Answer<Operations[Id]>>;
}

/** Links `before`’s result to `run`’s argument for the compiler. */
export function withBefore<Id extends EndpointId, P>(handler: PreparedHandler<Id, P>): PreparedHandler<Id, unknown> {
  return handler as PreparedHandler<Id, unknown>;
}

/** A module's handlers: one for each of its endpoints, checked by the compiler to be complete. */
export type Handlers<Ids extends EndpointId> = { readonly [Id in Ids]: Handler<Id> | PreparedHandler<Id, unknown> };

/** Endpoint ids of one room: EndpointsOf<'rules'> is 'rules.list' | 'rules.create' | … */
export type EndpointsOf<Room extends string> = Extract<EndpointId, `${Room}.${string}`>;
