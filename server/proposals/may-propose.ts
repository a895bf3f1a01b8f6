import { Refusal } from '../../shared/errors.ts';
import { mayReport, namedInFull } from '../../shared/rules/proposer-kinds.ts';
import type { StaffRole } from '../../shared/roles.ts';
import type { NameOf } from './cap-refusal.ts';

interface Proposer {
  readonly roles: readonly StaffRole[];
  /** Their own household and those of declared relatives. */
  readonly householdIds: readonly string[];
}

interface ProposedRule {
  readonly code: string;
  readonly title: string;
  /** Those who report, in the words of the rule. */
  readonly proposer: string;
}

/**
 * Refuses a deed to somebody whom its rule does not name; for their own household also to those who write down what others
 * report. Undefined is nobody of the staff: the way by which they came knows who they are.
 */
export function refuseWrongProposer(
  staff: Proposer | undefined,
  { code, title, proposer }: ProposedRule,
  { householdIds, nameOf }: { readonly householdIds: readonly string[]; readonly nameOf: NameOf },
): void {
  if (!staff) return;
  const { roles } = staff;
  for (const id of householdIds) {
    const isOwn = staff.householdIds.includes(id);
    if (mayReport(proposer, { roles, isOwn })) continue;
    const told = { code, title, who: namedInFull(proposer) };
    const own = isOwn ? nameOf(id) : undefined;
    throw new Refusal('rule.wrong_proposer', own ? { ...told, number: own.number, head: own.head } : told);
  }
}
