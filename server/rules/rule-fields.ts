import { isDeepStrictEqual } from 'node:util';
import type { RowOf } from '../../db/index.ts';
import type { Rule } from '../../shared/rules/contract.ts';

/** The day from which a version counts, who decided it, and when it was filed. */
export type VersionFacts = Pick<Rule, 'effectiveFrom' | 'decidedBy' | 'decidedOn' | 'filedOn'>;

/** A rule's wording and figures, which a version holds. */
export type RuleFields = Omit<Rule, 'id' | 'code' | 'version' | 'uses' | keyof VersionFacts>;

/** The facts of a version as somebody asks for them when it is made. */
export type AskedFacts = {
  readonly [Fact in 'effectiveFrom' | 'decidedBy' | 'decidedOn']?: VersionFacts[Fact] | undefined;
};

type LaterFields = Pick<RuleFields, 'options' | 'isPrivate' | 'isFitForOld'>;

/** A new rule as it is asked for: fields that rules were given later may be left out. */
export type AskedFields = Omit<RuleFields, keyof LaterFields> & {
  readonly [Field in keyof LaterFields]?: LaterFields[Field] | undefined;
};

/** A new rule with every field: no options, public, and no mark, unless it says otherwise. */
export function wholeRule({
  options = [],
  isPrivate = false,
  isFitForOld = false,
  ...fields
}: AskedFields): RuleFields {
  return { ...fields, options, isPrivate, isFitForOld };
}

/** A rule in one of its versions; `uses` is left to the list. */
export type CurrentRule = Omit<Rule, 'uses'>;

export type VersionRow = RowOf<'ruleVersions'>;

/** A rule as one of its versions has it. */
export function ruleOf(code: string, row: VersionRow): CurrentRule {
  const { ruleId, version, effectiveFrom, decidedBy, decidedOn, filedOn } = row;
  return {
    ...{ id: ruleId, code, version },
    ...fieldsOf(row),
    ...{ effectiveFrom, decidedBy, decidedOn, filedOn },
  };
}

export function fieldsOf(source: RuleFields): RuleFields {
  const { category, title, pointsMode, points, pointsMin, pointsMax, perUnit } = source;
  const { proposer, evidence, limitText, caps, enabled, options, isPrivate, isFitForOld } = source;
  return {
    ...{ category, title, pointsMode, points, pointsMin, pointsMax, perUnit },
    ...{ proposer, evidence, limitText, caps, enabled, options, isPrivate, isFitForOld },
  };
}

/** Whether two versions say the same of what a deed is worth and how it is told. */
export function sameRule(one: RuleFields, other: RuleFields): boolean {
  return isDeepStrictEqual(fieldsOf(one), fieldsOf(other));
}
