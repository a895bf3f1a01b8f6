/**
 * The rule book: the points of each deed. Every change adds a version that counts from a day on; posted deeds keep the
 * version they were made under.
 */
export { addRules, changedRule, changeRule, checkRule, newRule, type RuleAuthor, ruleUsed } from './book.ts';
export { type RuleChange, ruleChanges, rulesToCome } from './changes.ts';
export { countsOn } from './current-version.ts';
export { firstDayOf, mayCountAtOnce } from './first-day.ts';
export { loosensRule } from './guard-rule.ts';
export { POINTS_MOST, worthOfDeed } from './points.ts';
export {
  announcedRules,
  currentRules,
  findRule,
  listRules,
  ruleById,
  ruleRows,
  rulesPrivateOn,
} from './read-book.ts';
export { mayBeReported } from './may-be-reported.ts';
export { toldOfRule } from './rule-act-fields.ts';
export { type CurrentRule, type RuleFields, sameRule } from './rule-fields.ts';
export { type RuleWording, ruleWordings, wordingOf } from './wording.ts';
