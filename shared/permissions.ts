import { DOMAINS } from './domains.ts';
import { foldPart } from './fold.ts';
import type { Role } from './roles.ts';

/**
 * The table of roles and actions. Every route names one action; a caller acts only in the village that the token
 * names. Ids of people are not compared here: "not your own entry, not your own household" is decided with the
 * proposal (server/proposals).
 */
export const PERMISSIONS = /* @__PURE__ */ foldPart(DOMAINS, 'permissions');

export type Permission = keyof typeof PERMISSIONS;

/** True when any of the caller's roles may do this. A public action is open to everybody. */
export function mayDo(roles: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = PERMISSIONS[permission];
  return allowed.includes('public') || roles.some((role) => allowed.includes(role));
}
