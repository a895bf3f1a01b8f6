import type { Agreement, At, DecideAt } from '../at.ts';
import type { Ask, Call } from '../commands/index.ts';
import type { Reader, Store, Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import type { Answer, HandlerInput } from '../../shared/operation.ts';
import type { ENDPOINTS, EndpointId } from '../../shared/endpoints.ts';
import type { Operations } from '../../shared/contract.ts';
import type { Permission, PERMISSIONS } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import type { VillageSettings } from '../../shared/village/settings.ts';

/** The caller, as the token says and the database confirmed. */
export interface Actor {
  readonly kind: 'staff' | 'household' | 'kiosk' | 'volunteer' | 'public';
  /** Staff, household, kiosk or volunteer id; empty for the public. Volunteers act through `kioskId` and `shiftId`. */
  readonly id: string;
  readonly roles: readonly Role[];
  readonly kioskId?: string;
  readonly shiftId?: string;
  /** The log-in this call belongs to: a staff session's family or a household's session. */
  readonly sessionId?: string;
  /** Staff only: own household and declared relatives'. */
  readonly householdIds: readonly string[];
  /** Staff only: since when this person decides; null: not until somebody else has confirmed the account. */
  readonly confirmedAtMs?: number | null;
  /** Staff only: by how many people of the staff duties are split. */
  readonly countedStaff?: number;
}

export interface VillageContext {
  readonly id: string;
  readonly name: string;
  readonly town: string;
  readonly isDemo: boolean;
  /** When a second person opened the books; null: nothing can be redeemed yet. */
  readonly openedAtMs: number | null;
  readonly settings: VillageSettings;
}

/** The person or device that a token stands for, by the database at this moment. */
export interface Caller {
  readonly village: VillageContext;
  readonly actor: Actor;
  /** True while a one-time password is in use: the caller can only change it. */
  readonly mustChangePassword?: boolean;
}

/**
 * How each kind of token is turned into a caller; given by the modules that know (server/app.ts). Each asks the reader
 * one prepared question, which every request pays for. They throw Refusal: auth.required for a token that never was,
 * auth.expired, auth.session_ended, kiosk.revoked, kiosk.shift_over.
 */
export interface Resolvers {
  staff(accessToken: string, reader: Reader, nowMs: number): Promise<Caller>;
  household(token: string, reader: Reader, nowMs: number): Promise<Caller>;
  /** `isByHand`: somebody did something, so the shift goes on. */
  kiosk(
    tokens: { readonly device: string; readonly shift: string | null },
    reader: Reader,
    nowMs: number,
    isByHand: boolean,
  ): Promise<Caller>;
}

/** Every handler is given this. Time and randomness come from here and nowhere else. */
interface CommonContext {
  readonly actor: Actor;
  /** The caller's own village. Endpoints that anybody may call have none. */
  readonly village: VillageContext;
  readonly nowMs: number;
  /** The business day in the village's time zone, YYYY-MM-DD. */
  readonly today: string;
  /** True when the request came from the server's own machine without a proxy between. */
  readonly isLocal: boolean;
  readonly newId: () => string;
}

/** GET: one consistent snapshot. */
export interface ReadContext extends CommonContext {
  readonly reader: Reader;
}

/** A command: decided together with others of its commit, so it is given no database. */
export interface CommandContext extends CommonContext, DecideAt {
  /** Minted by the client when the intent began. It is the key of the entry too. */
  readonly idempotencyKey: string;
  /** Given while a change is carried out to which a second person agreed. */
  readonly agreed?: Agreement;
}

/** Other idempotent POST and PATCH: runs inside the transaction that also stores the key and the answer. Await nothing but `tx`. */
export interface WriteContext extends CommonContext, At {
  /** Minted by the client when the intent began; pass it (or a part derived from it) to the ledger. */
  readonly idempotencyKey: string;
  /** Has these acts booked with everything else that the handler writes. */
  readonly act: (...acts: readonly AnyAct[]) => void;
  /** Given while a change is carried out to which a second person agreed. */
  readonly agreed?: Agreement;
}

/** A write by somebody of the staff, without what belongs to its request alone. */
export type StaffWrite = Pick<
  WriteContext,
  'tx' | 'villageId' | 'village' | 'actor' | 'actorId' | 'nowMs' | 'today' | 'newId' | 'act'
>;

/** `idempotent: false`: log-ins, uploads, verification. Opens its own reads and transactions. */
export interface OpenContext extends CommonContext {
  readonly store: Store;
  /** The address that the request came from, as the proxies we trust say. */
  readonly address: string;
  /** How the browser describes itself; only its kind may be kept. */
  readonly userAgent: string;
  /** The refresh token from the cookie, if any. */
  readonly refreshToken: string | null;
  /** The cookie by which this device is known to an account again, by the account's name for it. */
  readonly deviceToken: (name: string) => string | null;
  readonly setDeviceToken: (name: string, token: string, maxAgeMs: number) => void;
  /** Books acts of the caller in a transaction of the handler's. */
  readonly bookActs: (tx: Tx, ...acts: readonly AnyAct[]) => Promise<void>;
  /** Tells the log who logged in, by id only. */
  readonly cameIn: (kind: 'staff' | 'household', id: string) => void;
  /** Sets (or with null clears) the httpOnly refresh cookie. */
  readonly setRefreshToken: (token: string | null, maxAgeMs: number) => void;
}

/** The same for an endpoint that anybody may call: such a caller has no village. */
export type PublicContext = Omit<OpenContext, 'village' | 'bookActs'>;

type MethodOf<Id extends EndpointId> = (typeof ENDPOINTS)[Id] extends `${infer M} ${string}` ? M : never;

/** The actions that are open to everybody. */
type PublicAction = {
  [P in Permission]: 'public' extends (typeof PERMISSIONS)[P][number] ? P : never;
}[Permission];

type ContextOf<Id extends EndpointId> = Operations[Id]['access'] extends PublicAction
  ? Omit<CalledContextOf<Id>, 'village' | 'bookActs'>
  : CalledContextOf<Id>;

type CalledContextOf<Id extends EndpointId> = Operations[Id] extends { idempotent: false }
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
  run(
    input: HandlerInput<Operations[Id]>,
    context: ContextOf<Id>,
    prepared: P,
  ): Promise<Answer<Operations[Id]>>;
}

/**
 * A read that takes data out (`takes` in its contract). `isThere` is asked in the transaction that books the act: when it
 * refuses or finds nothing to take, no act is booked.
 */
export interface TakingHandler<Id extends EndpointId> {
  isThere(input: HandlerInput<Operations[Id]>, context: ContextOf<Id>): Promise<boolean>;
  run(input: HandlerInput<Operations[Id]>, context: ContextOf<Id>): Promise<Answer<Operations[Id]>>;
}

/** The context in which a long write is prepared: no transaction yet. */
export interface LongContext extends CommonContext {
  readonly store: Store;
  readonly clock: () => number;
}

/**
 * A write whose work is too long for a transaction in which others wait (server/commands/long-write.ts). `prepare` changes
 * nothing that is true; `run` looks whether it is still right and writes it, or prepares it by itself if it gets null.
 */
export interface LongHandler<Id extends EndpointId, P> {
  prepare(input: HandlerInput<Operations[Id]>, context: LongContext, isAgain: boolean): Promise<P>;
  run(
    input: HandlerInput<Operations[Id]>,
    context: ContextOf<Id>,
    prepared: P | null,
  ): Promise<Answer<Operations[Id]>>;
  /** Puts away what was told meanwhile, whatever became of the write. */
  end?(input: HandlerInput<Operations[Id]>, context: LongContext): Promise<void>;
}

/** A write whose domain declares it as a command (server/commands). */
export interface CommandHandler<Id extends EndpointId> {
  command(input: HandlerInput<Operations[Id]>, context: CommandContext): Call<Answer<Operations[Id]>>;
  /** Keeps an answer that is made of rows without repeating them. Without it the whole answer is kept. */
  readonly recalled?: Recalled<Answer<Operations[Id]>>;
}

/**
 * Keeps of an answer only what no row holds, or what a row may hold otherwise later, and makes the same answer again of
 * that and of rows that never change.
 */
export interface Recalled<Answer> {
  parts(answer: Answer): unknown;
  whole(parts: unknown): Ask<Answer>;
}

/** Links `before`’s result to `run`’s argument for the compiler. */
export function withBefore<Id extends EndpointId, P>(
  handler: PreparedHandler<Id, P>,
): PreparedHandler<Id, unknown> {
  return handler;
}

/** Does the same for `prepare` and `run`. */
export function longHandler<Id extends EndpointId, P>(handler: LongHandler<Id, P>): LongHandler<Id, unknown> {
  return handler;
}

/** A module's handlers: one for each of its endpoints, checked by the compiler to be complete. */
export type Handlers<Ids extends EndpointId> = {
  readonly [Id in Ids]: ContextOf<Id> extends WriteContext
    ? Handler<Id> | PreparedHandler<Id, unknown> | CommandHandler<Id> | LongHandler<Id, unknown>
    : Operations[Id] extends { takes: string }
      ? Handler<Id> | TakingHandler<Id>
      : Handler<Id> | PreparedHandler<Id, unknown>;
};

/** One handler for each endpoint of a domain: HandlersOf<typeof endpoints>. */
export type HandlersOf<Endpoints> = Handlers<Extract<keyof Endpoints, EndpointId>>;

/** Endpoint ids that begin alike: EndpointsOf<'rules'> is 'rules.list' | 'rules.create' | … */
export type EndpointsOf<Room extends string> = Extract<EndpointId, `${Room}.${string}`>;
