import type { Kit } from '#engine';
import type { Cap } from '../../shared/rules/caps.ts';
import type { PointsMode } from '../../shared/rules/contract.ts';
import type { RuleDecider } from '../../shared/rules/deciders.ts';
import type { RuleOption } from '../../shared/rules/options.ts';

/** The rule book. Written by server/rules. */
export function rulesTables(k: Kit) {
  const rules = k.table(
    'rules',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      code: k.text().plain().notNull(),
      position: k.int().plain().notNull(),
      /** The version that was written last. The one that counts on a day is found by the versions' own days. */
      currentVersion: k.int().plain().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.id] }), k.unique('rules_code').on(t.villageId, t.code)],
  );

  /** Every wording a rule ever had; a change adds a row. */
  const ruleVersions = k.table(
    'rule_versions',
    {
      villageId: k.text().plain().notNull(),
      ruleId: k.text().plain().notNull(),
      version: k.int().plain().notNull(),
      category: k.text().plain().notNull(),
      title: k.text().plain().notNull(),
      pointsMode: k.text().plain().$type<PointsMode>().notNull(),
      /** Hundredths; negative for a deduction. Null where the mode has no fixed figure. */
      points: k.int().plain(),
      pointsMin: k.int().plain(),
      pointsMax: k.int().plain(),
      /** For perUnit: "小时", "百元". */
      perUnit: k.text().plain(),
      proposer: k.text().plain().notNull(),
      evidence: k.text().plain().notNull(),
      limitText: k.text().plain().notNull(),
      caps: k.json<readonly Cap[]>().plain().notNull(),
      enabled: k.bool().plain().notNull(),
      /** The options of a list, each with its points; empty in every other mode. */
      options: k.json<readonly RuleOption[]>().plain().notNull().default([]),
      /** Deeds under it are shown to nobody in public. */
      isPrivate: k.bool().plain().notNull().default(false),
      /** Old people can do it, at home or near it. */
      isFitForOld: k.bool().plain().notNull().default(false),
      /** The first day on which it counts. The last one whose day has come is the rule. */
      effectiveFrom: k.text().plain().notNull().default('1970-01-01'),
      /** The meeting that decided it, and its day. */
      decidedBy: k.text().plain().$type<RuleDecider>(),
      decidedOn: k.text().plain(),
      /** The day on which it was filed with the township. */
      filedOn: k.text().plain(),
      /** Taken back before its day: it never counts. */
      withdrawnBy: k.text().reference(),
      withdrawnAtMs: k.int().plain(),
      changedBy: k.text().reference().notNull(),
      changedAtMs: k.int().plain().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.ruleId, t.version] })],
  );

  /** How often each rule was proposed, whatever became of it. A corrected deed counts under its new rule. */
  const ruleUses = k.table(
    'rule_uses',
    {
      villageId: k.text().plain().notNull(),
      ruleId: k.text().plain().notNull(),
      uses: k.int().plain().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.ruleId] })],
  );

  return { rules, ruleVersions, ruleUses };
}
