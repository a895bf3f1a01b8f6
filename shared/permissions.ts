import { APART_FROM } from './cards/duties.ts';
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

/** With so many confirmed people of the staff, and one at the shop, nobody needs to hold two keys. */
export const STAFF_FOR_ALL_DUTIES = 4;

/** Whether each duty has a person of its own: once the books are open, where there are people enough. */
export function areDutiesSplit(booksOpenedAtMs: number | null, confirmedStaff: number): boolean {
  return booksOpenedAtMs !== null && confirmedStaff >= STAFF_FOR_ALL_DUTIES;
}

const APART: Partial<Record<Permission, Permission>> = APART_FROM;

/** True where there is something that nobody may do beside this, once duties are split. */
export function isApart(permission: Permission): boolean {
  return APART[permission] !== undefined;
}

/** True when the caller's roles allow both this and what nobody may do beside it. */
export function joinsDuties(roles: readonly Role[], permission: Permission): boolean {
  const other = APART[permission];
  return other !== undefined && mayDo(roles, permission) && mayDo(roles, other);
}
