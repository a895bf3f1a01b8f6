/** The steps that every way of answering a request shares. */
import type { Response } from 'express';
import type { z } from 'zod';
import type { Via } from '../../shared/acts/via.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { Download, OpenFile, Picture } from '../../shared/operation.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import type { Admitted, Entering } from './admit.ts';
import type { Actor, OpenContext, ReadContext, VillageContext, WriteContext } from './context.ts';
import { spool, type Spooled } from './downloads.ts';
import type { AnyHandler, Kernel } from './kernel-options.ts';
import { ContractBroken } from './problems.ts';
import { isLocal } from './request-note.ts';
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
export interface Brought {
  readonly input: unknown;
  readonly prepared: unknown;
}

/** Validates the input and does the handler's slow work before its transaction. */
export async function readInput({ endpoint, handler, request, body }: Asked): Promise<Brought> {
  const input = validate(endpoint, request, body);
  return { input, prepared: 'before' in handler ? await handler.before(input) : undefined };
}

export function actAt(kernel: Kernel, asked: Asked, { actor, village }: Admitted) {
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

export type AnyContext = Parameters<Extract<AnyHandler, (...args: never[]) => unknown>>[1];

export function runHandler(
  handler: AnyHandler,
  { input, prepared }: Brought,
  context: ReadContext | WriteContext | OpenContext,
): Promise<unknown> {
  // The endpoint decides which of the three contexts it is; the handler's own type tells the compiler.
  const given = context as AnyContext;
  if ('command' in handler) throw new Error('a command is run by the queue of commands');
  return typeof handler === 'function' ? handler(input, given) : handler.run(input, given, prepared);
}

/** The part of the context that all handlers have. */
export function commonContext({ newId }: Kernel, { request, nowMs }: Asked, { actor }: Admitted) {
  return { actor, nowMs, isLocal: isLocal(request), newId };
}

/** Adds the caller's village and its business day. Callers of a public endpoint have none, and its type says so. */
export function withVillage<T extends object>(
  { nowMs }: Asked,
  village: VillageContext | null,
  context: T,
): T & { readonly village: VillageContext; readonly today: string } {
  const today = businessDay(nowMs, (village ?? { settings: DEFAULT_SETTINGS }).settings.timeZone);
  const own = village ? { today, village } : { today };
  return { ...context, ...own } as T & { village: VillageContext; today: string };
}

/** The answer by its contract; throws ContractBroken. */
export function checkedAnswer({ endpoint }: Asked, result: unknown): unknown {
  const schema = endpoint.operation.response as z.ZodType;
  const parsed = schema.safeParse(result);
  if (!parsed.success) throw new ContractBroken(endpoint.id, parsed.error.issues);
  return parsed.data;
}

export async function asFile(
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
