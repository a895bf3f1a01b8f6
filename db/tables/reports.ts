import type { Kit } from '#engine';
import type { ReportKind, ReportState } from '../../shared/reports/states.ts';

/** Reports that came by households' phones. Written by server/reports. */
export function reportsTables(k: Kit) {
  const reports = k.table(
    'reports',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      /** The number of the receipt, without gaps in a village. */
      number: k.int().plain().notNull(),
      kind: k.text().plain().$type<ReportKind>().notNull(),
      /** The household whose phone it came by. */
      reporterId: k.text().reference().notNull(),
      /** The household whose deed it is: the same, or the one that helped. */
      householdId: k.text().reference().notNull(),
      ruleId: k.text().plain().notNull(),
      ruleVersion: k.int().plain().notNull(),
      effectiveOn: k.text().plain().notNull(),
      words: k.text().personal('household', 'erased').notNull(),
      /** Binds all of this to the act that tells of it; null once the words were erased. */
      salt: k.text().plain(),
      reportedAtMs: k.int().plain().notNull(),
      state: k.text().plain().$type<ReportState>().notNull(),
      /** The deed that whoever took it up proposed. */
      proposalId: k.text().plain(),
      /** The one who checked it; null: nobody yet, or the household withdrew it. */
      checkedBy: k.text().reference(),
      /** When it was checked or withdrawn. */
      checkedAtMs: k.int().plain(),
      /** Why it was not accepted. */
      reason: k.text().personal('household', 'erased').notNull(),
      /** Binds the step to its act; null before it, and once the reason was erased. */
      stepSalt: k.text().plain(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.uniqueIndex('reports_number').on(t.villageId, t.number),
      k.index('reports_by_state').on(t.villageId, t.state, t.id),
      k.index('reports_by_reporter').on(t.villageId, t.reporterId, t.id),
      k.index('reports_by_household').on(t.villageId, t.householdId, t.id),
      k.index('reports_by_proposal').on(t.villageId, t.proposalId),
    ],
  );

  return { reports };
}
