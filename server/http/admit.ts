import type { Request } from 'express';
import { Refusal } from '../../shared/errors.ts';
import { mayDo, type Permission } from '../../shared/permissions.ts';
import { noteOf } from './call.ts';
import type { Actor, VillageContext } from './context.ts';
import type { Kernel } from './kernel.ts';

export interface Admitted {
  readonly actor: Actor;
  /** Of the caller as remembered; what must be current is read in the transaction. */
  readonly village: VillageContext | null;
}

const PUBLIC: Actor = { kind: 'public', id: '', roles: ['public'], householdIds: [] };

/** Who is asking, and may they? What is open to everybody needs no token and looks at none. */
export async function admit(kernel: Kernel, access: Permission, request: Request): Promise<Admitted> {
  if (mayDo(['public'], access)) return { actor: PUBLIC, village: null };
  const { caller, village } = await kernel.callers.identify(request.headers, kernel.clock());
  noteOf(request).actor = caller.actor;
  if (!mayDo(caller.actor.roles, access)) throw new Refusal('auth.forbidden');
  if (caller.mustChangePassword === true && access !== 'session.own')
    throw new Refusal('auth.must_change_password');
  return { actor: caller.actor, village };
}
