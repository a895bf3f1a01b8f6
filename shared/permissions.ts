import { DOMAINS } from './domains.ts';
import { foldPart } from './fold.ts';
import type { Role } from './roles.ts';

/**
 * Who may do what: the one table of roles and actions. Every route names one action; a caller acts only in
 * the village its token names. Ids of people are never compared with roles here: "not your own entry, not
 * your own household" is decided where the proposal is (server/proposals).
 */
export const PERMISSIONS = /* @__PURE__ */ foldPart(DOMAINS, 'permissions');

export type Permission = keyof typeof PERMISSIONS;

/** True when any of the caller's roles may do this. What is public is open to everybody. */
export function mayDo(roles: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = PERMISSIONS[permission];
  return allowed.includes('public') || roles.some((role) => allowed.includes(role));
}
