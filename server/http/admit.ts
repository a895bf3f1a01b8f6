import type { Request } from 'express';
import { Refusal } from '../../shared/errors.ts';
import { mayDo, type Permission } from '../../shared/permissions.ts';
import { noteOf } from './call.ts';
import type { Actor, VillageContext } from './context.ts';
import type { Kernel } from './kernel.ts';

export interface Admitted {
  readonly actor: Actor;
  /** The caller's village as remembered. The transaction reads again what must be current. */
  readonly village: VillageContext | null;
}

const PUBLIC: Actor = { kind: 'public', id: '', roles: ['public'], householdIds: [] };

/** Finds out who is asking, and refuses who may not. An operation that is open to everybody looks at no token. */
export async function admit(kernel: Kernel, access: Permission, request: Request): Promise<Admitted> {
  if (mayDo(['public'], access)) return { actor: PUBLIC, village: null };
  const { caller, village } = await kernel.callers.identify(request.headers, kernel.clock());
  noteOf(request).actor = caller.actor;
  if (!mayDo(caller.actor.roles, access)) throw new Refusal('auth.forbidden');
  if (caller.mustChangePassword === true && access !== 'session.own')
    throw new Refusal('auth.must_change_password');
  return { actor: caller.actor, village };
}
