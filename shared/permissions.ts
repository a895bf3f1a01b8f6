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

/**
 * Somebody who was confirmed counts for so many days after losing that, or the account: as long as a change of the committee
 * takes. The board says so meanwhile, and nobody ends the split of duties overnight.
 */
export const COUNTED_AFTERWARDS_DAYS = 10;

/** Whether each duty has a person of its own: once the books are open, where enough people count (server/staff/counted.ts). */
export function areDutiesSplit(booksOpenedAtMs: number | null, countedStaff: number): boolean {
  return booksOpenedAtMs !== null && countedStaff >= STAFF_FOR_ALL_DUTIES;
}

/**
 * Writes that an account which waits to be confirmed does not do once the books are open: whoever made it, or set its
 * password, could hand something in with it and decide on that as themselves.
 */
const CONFIRMED_ONLY: readonly Permission[] = [
  ...(['proposal.make', 'proposal.correct', 'report.check'] as const),
  ...(['change.propose', 'paper.import'] as const),
  ...(['recheck.draw', 'recheck.check', 'round.open', 'round.mark'] as const),
];

export function isForConfirmed(permission: Permission): boolean {
  return CONFIRMED_ONLY.includes(permission);
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
