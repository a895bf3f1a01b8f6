import type { ReportView } from '../../shared/reports/contract.ts';
import { REPORT_TRANSITIONS } from '../../shared/reports/states.ts';
import { Refusal } from '../../shared/errors.ts';
import { areDutiesSplit, mayDo } from '../../shared/permissions.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import type { ReportRow } from './report-row.ts';

type WhyNot = NonNullable<ReportView['whyNot']>;

interface By {
  readonly actor: Actor;
  readonly village: Pick<VillageContext, 'openedAtMs'>;
}

/**
 * Tells why this caller may not check the report; null if they may. Nobody checks what the own household or declared kin
 * reported, and nothing about them. Once duties are split an administrator proposes nothing, and so takes nothing up.
 */
export function whyNotCheck({ actor, village }: By, row: ReportRow): WhyNot | null {
  if (row.state !== REPORT_TRANSITIONS.take_up.from) return 'state';
  if (!mayDo(actor.roles, 'report.check')) return 'role';
  const { roles, countedStaff = 0, householdIds } = actor;
  if (roles.includes('admin') && areDutiesSplit(village.openedAtMs, countedStaff)) return 'administrator';
  const isConcerned = [row.reporterId, row.householdId].some((id) => householdIds.includes(id));
  return isConcerned ? 'own_household' : null;
}

/** Refuses somebody who may not check the report, or not any more. */
export function refuseToCheck(by: By, row: ReportRow): void {
  const why = whyNotCheck(by, row);
  if (why === 'role') throw new Refusal('auth.forbidden');
  if (why === 'administrator') throw new Refusal('proposal.administrator');
  if (why !== null) throw new Refusal(`report.${why}`);
}
