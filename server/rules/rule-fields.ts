import type { Rule } from '../../shared/rules/contract.ts';

/** A rule's wording and figures, which a version holds. */
export type RuleFields = Omit<Rule, 'id' | 'code' | 'version' | 'uses'>;

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

/** A rule as it is now; `uses` is left to the list. */
export type CurrentRule = Omit<Rule, 'uses'>;
