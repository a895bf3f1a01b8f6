import type { ReportView } from '../../shared/reports/contract.ts';
import { REPORT_TRANSITIONS } from '../../shared/reports/states.ts';
import { Refusal } from '../../shared/errors.ts';
import { areDutiesSplit, mayDo } from '../../shared/permissions.ts';
import type { Role } from '../../shared/roles.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import type { ReportRow } from './report-row.ts';

type WhyNot = NonNullable<ReportView['whyNot']>;

interface By {
  readonly actor: Actor;
  readonly village: Pick<VillageContext, 'openedAtMs' | 'settings'>;
}

/**
 * Tells why this caller may not check the report; null if they may. Nobody checks what the own household or declared kin
 * reported, and nothing about them. A village may leave the check to its committee. Once duties are split an administrator
 * proposes nothing, and so takes nothing up.
 */
export function whyNotCheck({ actor, village }: By, row: ReportRow): WhyNot | null {
  if (row.state !== REPORT_TRANSITIONS.take_up.from) return 'state';
  const byRole = whyNoChecker(actor, village);
  if (byRole) return byRole;
  const { householdIds } = actor;
  const isConcerned = [row.reporterId, row.householdId].some((id) => householdIds.includes(id));
  return isConcerned ? 'own_household' : null;
}

/** Tells why this caller checks no report, whichever it is; null if they check some. */
export function whyNoChecker(
  { roles, countedStaff = 0 }: By['actor'],
  { openedAtMs, settings }: By['village'],
): WhyNot | null {
  if (!mayDo(roles, 'report.check')) return 'role';
  const others = roles.filter((role) => role !== LEADER);
  if (!settings.leadersCheckReports && !mayDo(others, 'report.check')) return 'committee_only';
  return roles.includes('admin') && areDutiesSplit(openedAtMs, countedStaff) ? 'administrator' : null;
}

const LEADER: Role = 'group_leader';

/** Refuses somebody who may not check the report, or not any more. */
export function refuseToCheck(by: By, row: ReportRow): void {
  const why = whyNotCheck(by, row);
  if (why === 'role') throw new Refusal('auth.forbidden');
  if (why === 'administrator') throw new Refusal('proposal.administrator');
  if (why !== null) throw new Refusal(`report.${why}`);
}
