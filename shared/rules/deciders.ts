/** The meetings that decide on rules: all villagers, their representatives, the committees, the panel that scores. */
export const RULE_DECIDERS = ['assembly', 'representatives', 'committee', 'panel'] as const;
export type RuleDecider = (typeof RULE_DECIDERS)[number];
