import { isDeepStrictEqual } from 'node:util';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import type { Via } from '../../shared/acts/via.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { Download, OpenFile, Picture } from '../../shared/operation.ts';
import { Refusal } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { type Admission, type Call, given, runLongWrite } from '../commands/index.ts';
import { addressKey } from './address-key.ts';
import { admit, admitApart, admitToWrite, type Admitted, type Entering } from './admit.ts';
import { isLocal, noteOf } from './request-note.ts';
import { inputHash } from './canonical.ts';
import { claim, keepAnswer, onceForKey, type Command } from './idempotency.ts';
import type {
  Actor,
  CommandContext,
  LongContext,
  OpenContext,
  ReadContext,
  Recalled,
  VillageContext,
  WriteContext,
} from './context.ts';
import { deviceCookie, refreshCookie, setDeviceCookie, setRefreshCookie } from './cookie.ts';
import { discard, spool, type Spooled } from './downloads.ts';
import type { AnyHandler, Kernel } from './kernel-options.ts';
import { ContractBroken, InvalidInput } from './problems.ts';
import { pack, unpack } from './kept-answer.ts';
import { validate } from './validate.ts';

/** An answer: JSON, a photo, or a file that was written out while its snapshot was open. */
export type Outcome =
  | { readonly kind: 'json'; readonly body: unknown; readonly replayed: boolean }
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'file'; readonly file: Spooled };

/** A request whose body has been read. */
export interface Asked extends Entering {
  readonly handler: AnyHandler;
  readonly response: Response;
  /** The caller who was let in to send a body; null for reads. */
  readonly sender: Admitted | null;
  readonly body: unknown;
}

/** The validated input, and the result of the slow work that a handler does before its transaction. */
interface Brought {
  readonly input: unknown;
  readonly prepared: unknown;
}

const KEY = /^[A-Za-z0-9_-]{8,100}$/;

/** Handles one request from authentication to answer. */
export async function answer(kernel: Kernel, asked: Asked): Promise<Outcome> {
  const { endpoint } = asked;
  if (endpoint.operation.idempotent === false) return answerOpen(kernel, asked);
  return endpoint.method === 'GET' ? answerRead(kernel, asked) : answerWrite(kernel, asked);
}

async function bring({ endpoint, handler, request, body }: Asked): Promise<Brought> {
  const input = validate(endpoint, request, body);
  return { input, prepared: 'before' in handler ? await handler.before(input) : undefined };
}

/** Reads caller, village and answer in one snapshot. */
async function answerRead(kernel: Kernel, asked: Asked): Promise<Outcome> {
  const written: Spooled[] = [];
  const { takes } = asked.endpoint.operation;
  if (takes !== undefined) await bookTaking(kernel, asked, takes);
  try {
    return await kernel.store.read(async (reader) => {
      const who = await admit(kernel, asked, reader);
      const brought = await bring(asked);
      const context: ReadContext = withVillage(asked, who.village, { ...common(kernel, asked, who), reader });
      const result = await handle(asked.handler, brought, context);
      switch (asked.endpoint.operation.response) {
        case 'binary': {
          const outcome = await asFile(kernel, asked, result);
          written.push(outcome.file);
          return outcome;
        }
        case 'picture':
          return { kind: 'picture', picture: result as Picture };
        default:
          return { kind: 'json', body: checked(asked, result), replayed: false };
      }
    });
  } catch (error) {
    // The snapshot may fail when it ends, after a download was written out.
    for (const file of written) discard(file);
    throw error;
  }
}

/** Books that data is taken out, before any of it is read. Nothing is booked for a thing that does not exist. */
async function bookTaking(kernel: Kernel, asked: Asked, act: string): Promise<void> {
  const { handler } = asked;
  const input = validate(asked.endpoint, asked.request, asked.body) as TakingInput;
  const { id, ...rest } = input.params ?? {};
  await kernel.store.transaction(async (tx) => {
    const who = await admit(kernel, asked, tx);
    if (!who.village) throw new Refusal('auth.forbidden');
    const context: ReadContext = withVillage(asked, who.village, {
      ...common(kernel, asked, who),
      reader: tx,
    });
    if ('isThere' in handler && !(await handler.isThere(input, context as AnyContext))) return;
    const householdId = id ?? (who.actor.kind === 'household' ? who.actor.id : undefined);
    const on = householdId === undefined ? `village:${who.village.id}` : `household:${householdId}`;
    const taking = { act, on, is: { ...rest, ...input.query } } as unknown as AnyAct;
    await kernel.bookActs(tx, actAt(kernel, asked, who), [taking]);
  });
}

/** The input of a read that takes data out: a household's id (a household takes its own), or the choice of what is taken. */
interface TakingInput {
  readonly params?: { readonly id?: string };
  readonly query?: object;
}

function actAt(kernel: Kernel, asked: Asked, { actor, village }: Admitted) {
  const { today } = withVillage(asked, village, {});
  return {
    villageId: village?.id ?? '',
    actorId: actor.id,
    today,
    newId: kernel.newId,
    via: VIA[actor.kind],
  };
}

const VIA: Readonly<Record<Actor['kind'], Via>> = {
  staff: 'desk',
  household: 'phone',
  kiosk: 'kiosk',
  volunteer: 'kiosk',
  public: 'server',
};

async function answerOpen(kernel: Kernel, asked: Asked): Promise<Outcome> {
  const { request, response, endpoint } = asked;
  const brought = await bring(asked);
  // Authenticated after the body, which may have taken long to arrive.
  const who = await admitApart(kernel, asked);
  const own: Omit<OpenContext, 'village' | 'today'> = {
    ...common(kernel, asked, who),
    store: kernel.store,
    bookActs: (tx, ...acts) => kernel.bookActs(tx, actAt(kernel, asked, who), acts),
    address: addressKey(request.ip),
    userAgent: (request.get('User-Agent') ?? '').slice(0, 512),
    cameIn: (kind, id) => void (noteOf(request).actor = { kind, id, roles: [], householdIds: [] }),
    refreshToken: refreshCookie(request),
    deviceToken: (name) => deviceCookie(request, name),
    setDeviceToken: (name, token, maxAgeMs) => setDeviceCookie(request, response, { name, token, maxAgeMs }),
    setRefreshToken: (token, maxAgeMs) => setRefreshCookie(request, response, token, maxAgeMs),
  };
  const result = await handle(asked.handler, brought, withVillage(asked, who.village, own));
  if (endpoint.operation.response === 'binary') return asFile(kernel, asked, result);
  return { kind: 'json', body: checked(asked, result), replayed: false };
}

/** The key, the act and the answer are one transaction: a caller who asks again gets this answer and no second act. */
async function answerWrite(kernel: Kernel, asked: Asked): Promise<Outcome> {
  const { endpoint, handler, request, nowMs, sender } = asked;
  if (!sender?.village) throw new Refusal('auth.forbidden');
  const villageId = sender.village.id;
  const brought = await bring(asked);
  const asAsked = {
    villageId,
    key: idempotencyKey(request),
    route: endpoint.id,
    inputHash: inputHash(brought.input),
    nowMs,
  };
  const contextOf = (who: Admitted) => {
    // On a kiosk the device minted the key: the next volunteer may ask again for what the last one sent.
    const command: Command = { ...asAsked, actorId: who.actor.kioskId ?? who.actor.id };
    const own = { villageId, actorId: who.actor.id, idempotencyKey: command.key };
    const context: CommandContext = withVillage(asked, who.village, {
      ...common(kernel, asked, who),
      ...own,
    });
    return { command, context };
  };
  if ('command' in handler) {
    const { recalled = wholeAnswers } = handler;
    const callOf = (who: Admitted) => {
      const { command, context } = contextOf(who);
      return onceForKey<Outcome>(command, handler.command(brought.input, context), {
        fresh(answer) {
          const body = checked(asked, answer);
          const kept = pack(kernel, endpoint, command, recalled.parts(body));
          return { outcome: { kind: 'json', body, replayed: false }, kept };
        },
        again(kept) {
          const whole = recalled.whole(unpack(kernel, endpoint, command, kept));
          return {
            wanted: whole.wanted,
            pick: (set) => ({ kind: 'json', body: checked(asked, whole.pick(set)), replayed: true }),
          };
        },
      });
    };
    return kernel.commands.run(villageId, admission(kernel, asked, callOf));
  }
  const work = async (tx: Tx, { input, prepared }: Brought): Promise<Outcome> => {
    // Acts are numbered in the book, and whoever writes it holds it before anything else.
    await tx.lockBook(villageId);
    const who = await admitToWrite(kernel, asked, tx);
    const { command, context } = contextOf(who);
    const before = await claim(tx, command);
    if (before) return { kind: 'json', body: unpack(kernel, endpoint, command, before.kept), replayed: true };
    const acts: AnyAct[] = [];
    const noting = { ...context, tx, act: (...done: readonly AnyAct[]) => void acts.push(...done) };
    const body = checked(asked, await handle(handler, { input, prepared }, noting));
    await kernel.bookActs(tx, actAt(kernel, asked, who), acts);
    await keepAnswer(tx, command, pack(kernel, endpoint, command, body));
    return { kind: 'json', body, replayed: false };
  };
  if ('prepare' in handler) return answerLong(kernel, asked, { sender, handler, input: brought.input, work });
  return kernel.store.transaction((tx) => work(tx, brought), endpoint.operation.slow ? undefined : villageId);
}

interface Long {
  readonly sender: Admitted;
  readonly handler: Extract<AnyHandler, { prepare: unknown }>;
  readonly input: unknown;
  readonly work: (tx: Tx, brought: Brought) => Promise<Outcome>;
}

/** Prepares for whoever sent the request. The short transaction looks again whether he still may. */
async function answerLong(
  kernel: Kernel,
  asked: Asked,
  { sender, handler, input, work }: Long,
): Promise<Outcome> {
  const { store, clock } = kernel;
  const context: LongContext = withVillage(asked, sender.village, {
    ...{ ...common(kernel, asked, sender), store, clock },
  });
  try {
    return await runLongWrite(store, {
      prepare: (isAgain) => handler.prepare(input, context, isAgain).catch(unlessRefused),
      commit: (tx, prepared) => work(tx, { input, prepared }),
    });
  } finally {
    // The write is over, however it ended. If this fails, what was told is forgotten by its age.
    await handler.end?.(input, context).catch(() => undefined);
  }
}

/** The key is looked up before anything is refused: the transaction finds the same reason again. */
function unlessRefused(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

const wholeAnswers: Recalled<unknown> = { parts: (answer) => answer, whole: given };

/**
 * Looks the caller of a command up once more, because a log-in may have been ended while the body was on its way. PostgreSQL
 * is asked at the same time for what the command reads if nothing changed.
 */
function admission<Answer>(
  kernel: Kernel,
  asked: Asked,
  callOf: (who: Admitted) => Call<Answer>,
): Admission<Answer> {
  const { sender } = asked;
  const likely = kernel.engine === 'postgres' && sender ? callOf(sender) : undefined;
  const open = async (tx: Tx) => {
    const who = await admitToWrite(kernel, asked, tx);
    return likely && isDeepStrictEqual(who, sender) ? likely : callOf(who);
  };
  return Object.assign(open, { likely });
}

type AnyContext = Parameters<Extract<AnyHandler, (...args: never[]) => unknown>>[1];

function handle(
  handler: AnyHandler,
  { input, prepared }: Brought,
  context: ReadContext | WriteContext | OpenContext,
): Promise<unknown> {
  // The endpoint decides which of the three contexts it is; the handler's own type tells the compiler.
  const given = context as AnyContext;
  if ('command' in handler) throw new Error('a command is run by the queue of commands');
  return typeof handler === 'function' ? handler(input, given) : handler.run(input, given, prepared);
}

function common({ newId }: Kernel, { request, nowMs }: Asked, { actor }: Admitted) {
  return { actor, nowMs, isLocal: isLocal(request), newId };
}

/** Adds the caller's village and its business day. Callers of a public endpoint have none, and its type says so. */
function withVillage<T extends object>(
  { nowMs }: Asked,
  village: VillageContext | null,
  context: T,
): T & { readonly village: VillageContext; readonly today: string } {
  const today = businessDay(nowMs, (village ?? { settings: DEFAULT_SETTINGS }).settings.timeZone);
  const own = village ? { today, village } : { today };
  return { ...context, ...own } as T & { village: VillageContext; today: string };
}

function checked({ endpoint }: Asked, result: unknown): unknown {
  const schema = endpoint.operation.response as z.ZodType;
  const parsed = schema.safeParse(result);
  if (!parsed.success) throw new ContractBroken(endpoint.id, parsed.error.issues);
  return parsed.data;
}

async function asFile(
  { spoolPlace }: Kernel,
  asked: Asked,
  result: unknown,
): Promise<Extract<Outcome, { kind: 'file' }>> {
  const { response } = asked;
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  response.once('close', () => gone.abort());
  const file = checkedFile(asked, result as Download | OpenFile);
  return { kind: 'file', file: await spool(file, spoolPlace, gone.signal) };
}

function checkedFile<T extends Download | OpenFile>({ endpoint }: Asked, download: T): T {
  const { id, operation } = endpoint;
  const mediaType = download.mediaType.split(';')[0] ?? '';
  if (operation.files?.includes(mediaType) === false)
    throw new ContractBroken(id, [{ code: 'custom', path: ['mediaType'], message: mediaType }]);
  return download;
}

function idempotencyKey(request: Request): string {
  const key = request.get('Idempotency-Key');
  if (key === undefined || key === '') throw new Refusal('idempotency.missing');
  if (KEY.test(key)) return key;
  throw new InvalidInput([
    {
      code: 'invalid_format',
      format: 'regex',
      pattern: KEY.source,
      path: ['header', 'Idempotency-Key'],
      message: '',
    },
  ]);
}
