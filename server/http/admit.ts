import type { Request } from 'express';
import type { Reader, Tx } from '../../db/index.ts';
import { type ErrorCode, Refusal } from '../../shared/errors.ts';
import {
  areDutiesSplit,
  isApart,
  isForConfirmed,
  joinsDuties,
  mayDo,
  PERMISSIONS,
} from '../../shared/permissions.ts';
import { authenticate, type Token, tokenOf } from './authenticate.ts';
import { noteOf } from './request-note.ts';
import type { Caller, VillageContext } from './context.ts';
import type { Endpoint, Kernel } from './kernel-options.ts';

/** A request before its caller is admitted. */
export interface Entering {
  readonly endpoint: Endpoint;
  readonly request: Request;
  readonly nowMs: number;
  /** Null for public endpoints, which read no token. */
  readonly token: Token | null;
}

/** A caller with the village. An anonymous caller has no village. */
export interface Admitted extends Pick<Caller, 'actor'> {
  readonly village: VillageContext | null;
}

const ANYBODY: Admitted = {
  actor: { kind: 'public', id: '', roles: ['public'], householdIds: [] },
  village: null,
};

/** Refuses a request without a token where one is needed. */
export function entering(endpoint: Endpoint, request: Request, nowMs: number): Entering {
  const roles: readonly string[] = PERMISSIONS[endpoint.operation.access];
  return { endpoint, request, nowMs, token: roles.includes('public') ? null : tokenOf(request.headers) };
}

/** Finds out who is asking, and refuses somebody who may not. The answer is good for this snapshot or transaction. */
export async function admit(kernel: Kernel, entry: Entering, reader: Reader): Promise<Admitted> {
  return entry.token === null ? ANYBODY : find(kernel, entry, entry.token, reader);
}

/** Does the same for a write. Those that share the transaction may share the look-up. */
export async function admitToWrite(kernel: Kernel, entry: Entering, tx: Tx): Promise<Admitted> {
  return entry.token === null ? ANYBODY : allowed(entry, await kernel.sharedLookUps(tx, entry.token));
}

/** Does the same in a snapshot of its own. */
export async function admitApart(kernel: Kernel, entry: Entering): Promise<Admitted> {
  return entry.token === null ? ANYBODY : kernel.store.read((reader) => admit(kernel, entry, reader));
}

/** Lets a caller send a body. Somebody who was let in a moment ago may at once; everybody else is looked up first. */
export function letIn(kernel: Kernel, entry: Entering): Admitted | Promise<Admitted> {
  const { endpoint, request, nowMs, token } = entry;
  if (token === null) return ANYBODY;
  const recent = kernel.recentCallers.find(token, nowMs);
  if (!recent || refusalTo(recent, endpoint) !== null) return lookUpSender(kernel, entry, token);
  noteOf(request).actor = recent.actor;
  return recent;
}

async function lookUpSender(kernel: Kernel, entry: Entering, token: Token): Promise<Admitted> {
  const caller = await kernel.store.read((reader) => find(kernel, entry, token, reader));
  kernel.recentCallers.note(token, caller, entry.nowMs);
  return caller;
}

async function find({ resolvers }: Kernel, entry: Entering, token: Token, reader: Reader): Promise<Caller> {
  const { nowMs, endpoint } = entry;
  const isByHand = endpoint.operation.byItself !== true;
  return allowed(entry, await authenticate(resolvers, token, reader, { nowMs, isByHand }));
}

/** The caller, or the refusal of what he may not do. */
function allowed({ request, endpoint }: Entering, caller: Caller): Caller {
  noteOf(request).actor = caller.actor;
  const refusal = refusalTo(caller, endpoint);
  if (refusal !== null) throw new Refusal(refusal);
  return caller;
}

/** The refusal of an operation that this caller may not do; null if they may. */
export function refusalTo(
  { actor, village, mustChangePassword }: Caller,
  { operation, method }: Pick<Endpoint, 'operation' | 'method'>,
): ErrorCode | null {
  const { access } = operation;
  const { roles, countedStaff = 0 } = actor;
  if (!mayDo(roles, access)) return 'auth.forbidden';
  const isSplit = areDutiesSplit(village.openedAtMs, countedStaff);
  if (isSplit && joinsDuties(roles, access)) return 'auth.duties_split';
  // A person who makes accounts could make one for the other duty.
  const isForOthers = (isSplit && isApart(access)) || (method !== 'GET' && isForConfirmed(access));
  if (isForOthers && actor.confirmedAtMs === null) return 'auth.unconfirmed';
  return mustChangePassword === true && access !== 'session.own' ? 'auth.must_change_password' : null;
}
