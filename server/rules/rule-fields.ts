import type { Rule } from '../../shared/rules/contract.ts';

/** A rule's wording and figures, which a version holds. */
export type RuleFields = Omit<Rule, 'id' | 'code' | 'version' | 'uses'>;

/** A rule as it is now; `uses` is left to the list. */
export type CurrentRule = Omit<Rule, 'uses'>;
