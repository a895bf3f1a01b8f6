/**
 * The rule book: the points of each deed. Every change adds a version; posted deeds keep the version they were made
 * under.
 */
export {
  addRules,
  changedRule,
  changeRule,
  checkRule,
  type CurrentRule,
  currentRules,
  findRule,
  listRules,
  newRule,
  type RuleAuthor,
  ruleById,
  type RuleFields,
  ruleRows,
  ruleUsed,
  rulesPrivateNow,
  sameRule,
} from './book.ts';
export { type RuleChange, ruleChanges } from './changes.ts';
export { currentVersion } from './current-version.ts';
export { loosensRule } from './guard-rule.ts';
export { mayBeReported } from './may-be-reported.ts';
export { POINTS_MOST, worthOfDeed } from './points.ts';
export { toldOfRule } from './rule-act-fields.ts';
export { type RuleWording, ruleWordings, wordingOf } from './wording.ts';
