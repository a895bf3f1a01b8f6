/** The rule book: what a deed is worth. Every change adds a version; what was posted keeps the one it was made under. */
export {
  addRules,
  changeRule,
  checkRule,
  findRule,
  listRules,
  type RuleAuthor,
  type RuleFields,
  sameRule,
} from './book.ts';
export { currentCaps } from './caps.ts';
export { pointsFor, POINTS_MOST } from './points.ts';
export { wordingOf } from './wording.ts';
