import type { Kit } from '#engine';
import type { HouseholdChange, ProposalKind, ProposalState } from '../../shared/proposals.ts';
import type { PointsMode, Rule } from '../../shared/contract/rules.ts';

/** The rule book and the awards proposed under it. Owned by server/rules and server/proposals. */
export function conductTables(k: Kit) {
  const rules = k.table(
    'rules',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      code: k.text().notNull(),
      position: k.int().notNull(),
      currentVersion: k.int().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.id] }), k.unique('rules_code').on(t.villageId, t.code)],
  );

  /** Every wording a rule ever had; a change adds a row. */
  const ruleVersions = k.table(
    'rule_versions',
    {
      villageId: k.text().notNull(),
      ruleId: k.text().notNull(),
      version: k.int().notNull(),
      category: k.text().notNull(),
      title: k.text().notNull(),
      pointsMode: k.text().$type<PointsMode>().notNull(),
      /** Hundredths; negative for a deduction. Null where the mode has no fixed figure. */
      points: k.int(),
      pointsMin: k.int(),
      pointsMax: k.int(),
      /** For perUnit: "小时", "百元". */
      perUnit: k.text(),
      proposer: k.text().notNull(),
      evidence: k.text().notNull(),
      limitText: k.text().notNull(),
      limitPeriod: k.text().$type<NonNullable<Rule['limitPeriod']>>(),
      limitTimes: k.int(),
      limitPoints: k.int(),
      enabled: k.bool().notNull(),
      changedBy: k.text().notNull(),
      changedAtMs: k.int().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.ruleId, t.version] })],
  );

  /** One row a household and deed. Moves through the states of shared/proposals.ts; points move only when it is posted. */
  const proposals = k.table(
    'proposals',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      batchId: k.text().notNull(),
      kind: k.text().$type<ProposalKind>().notNull(),
      state: k.text().$type<ProposalState>().notNull(),
      householdId: k.text().notNull(),
      ruleId: k.text(),
      ruleVersion: k.int(),
      /** Hundredths, signed as they will be posted. */
      points: k.int().notNull(),
      note: k.text().notNull(),
      effectiveOn: k.text().notNull(),
      proposedBy: k.text().notNull(),
      proposedAtMs: k.int().notNull(),
      decidedBy: k.text(),
      decidedAtMs: k.int(),
      reason: k.text(),
      journalNumber: k.int(),
      reversesNumber: k.int(),
      /** Photos handed in as evidence; null: none. */
      pictureIds: k.json<string[]>(),
      /** What becomes of the household, for a split, a merge or a move away; null for deeds and reversals. */
      change: k.json<HouseholdChange>(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('proposals_by_state').on(t.villageId, t.state, t.id),
      k.index('proposals_by_household').on(t.villageId, t.householdId, t.id),
      k.index('proposals_by_batch').on(t.villageId, t.batchId),
      // A cap is counted along it: one household's deeds under one rule, by their days.
      k.index('proposals_by_rule').on(t.villageId, t.ruleId, t.householdId, t.effectiveOn),
      k.index('proposals_by_proposer').on(t.villageId, t.proposedBy, t.id),
    ],
  );

  const proposalEvents = k.table(
    'proposal_events',
    {
      villageId: k.text().notNull(),
      proposalId: k.text().notNull(),
      step: k.int().notNull(),
      fromState: k.text().$type<ProposalState>(),
      toState: k.text().$type<ProposalState>().notNull(),
      actorId: k.text().notNull(),
      reason: k.text().notNull(),
      atMs: k.int().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.proposalId, t.step] })],
  );

  return { rules, ruleVersions, proposals, proposalEvents };
}
