import type { ScoreRow } from '../../shared/imports/score-rows.ts';
import { headerWord } from '../papers/index.ts';
import type { CurrentRule } from '../rules/index.ts';
import type { problemsAgainst } from './plan.ts';

/** A rule that a text names, and what stands beside its code where that is not its wording. */
interface Named {
  readonly rule: CurrentRule;
  readonly isCode: boolean;
  readonly otherwise?: string;
}

interface Book {
  readonly byCode: ReadonlyMap<string, readonly CurrentRule[]>;
  readonly byTitle: ReadonlyMap<string, readonly CurrentRule[]>;
  readonly byWord: ReadonlyMap<string, readonly CurrentRule[]>;
}

/**
 * Finds the rule that a row means: by a code, by a wording as it stands in the rule book, or by a code with its wording behind.
 * A rule that cannot be found is named once for each cell that names it.
 */
export function ruleMatcher(
  rules: readonly CurrentRule[],
  against: ReturnType<typeof problemsAgainst>,
  isHeader: boolean,
): (row: ScoreRow) => CurrentRule | null {
  const book: Book = {
    byCode: Map.groupBy(rules, ({ code }) => plain(code)),
    byTitle: Map.groupBy(rules, ({ title }) => plain(title)),
    byWord: Map.groupBy(rules, ({ title }) => headerWord(title)),
  };
  const known = new Map<string, CurrentRule | null>();
  return (row) => {
    const key = `${row.sheet}!${row.ruleCell}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = lookUp(book, row, isHeader, against);
    known.set(key, found);
    return found;
  };
}

function lookUp(
  book: Book,
  { sheet, sourceRow, ruleCell, ruleTexts, rule: value }: ScoreRow,
  isHeader: boolean,
  { addAt }: ReturnType<typeof problemsAgainst>,
): CurrentRule | null {
  const at = { sheet, row: isHeader ? null : sourceRow, cell: ruleCell, column: null, value };
  const named = ruleTexts.flatMap((text) => namedBy(book, text));
  const rules = agreedOn(named);
  const [rule] = rules;
  const otherwise = named.find((one) => one.otherwise !== undefined)?.otherwise;
  if (!rule) addAt('error', 'village_rule_unknown', at);
  else if (rules.length > 1) {
    const codes = rules.map(({ code }) => code).join(', ');
    addAt('error', 'village_rule_unclear', at, { count: rules.length, codes });
  } else if (otherwise !== undefined) {
    const { code, title } = rule;
    addAt('error', 'village_rule_titled', { ...at, value: otherwise }, { code, title });
  } else if (!rule.enabled) {
    const { code, title } = rule;
    addAt('error', 'village_rule_off', at, { code, title });
  } else return rule;
  return null;
}

/** A code decides between rules of one wording. It does not go against another wording. */
function agreedOn(named: readonly Named[]): CurrentRule[] {
  const distinct = (some: readonly Named[]) => [...new Map(some.map(({ rule }) => [rule.id, rule])).values()];
  const coded = distinct(named.filter(({ isCode }) => isCode));
  const titled = distinct(named.filter(({ isCode }) => !isCode));
  const [first] = coded;
  return first && coded.length === 1 && titled.includes(first) ? [first] : distinct(named);
}

function namedBy({ byCode, byTitle, byWord }: Book, text: string): Named[] {
  const whole = plain(text);
  const coded = byCode.get(whole) ?? [];
  const exact = coded.filter(({ code }) => code === text);
  if (coded.length > 0) return (exact.length > 0 ? exact : coded).map((rule) => ({ rule, isCode: true }));
  const word = headerWord(text);
  const titled = byTitle.get(whole) ?? (word === '' ? [] : byWord.get(word)) ?? [];
  if (titled.length > 0) return titled.map((rule) => ({ rule, isCode: false }));
  return codeInFront(byCode, whole);
}

/** “A1 wording”, “A1（+5）”: a code that ends before a letter of another kind. After figures alone a sign has to stand. */
function codeInFront(byCode: Book['byCode'], whole: string): Named[] {
  const [, code = '', rest = ''] =
    /^([0-9a-z](?:[0-9a-z.-]{0,10}[0-9a-z])?)(?![0-9a-z])(.+)$/u.exec(whole) ?? [];
  const [rule, ...others] = byCode.get(code) ?? [];
  if (!rule || others.length > 0 || (/^[\d.-]+$/.test(code) && !/^[\p{P}\p{S}]/u.test(rest))) return [];
  const said = headerWord(rest.replace(/^[\p{P}\p{S}]+/u, (signs) => (/[([]/.test(signs) ? signs : '')));
  const title = headerWord(rule.title);
  const isItsOwn =
    said === '' || title.includes(said) || said.includes(title) || /^[\d.]+\p{L}?$/u.test(said);
  return [isItsOwn ? { rule, isCode: true } : { rule, isCode: true, otherwise: said }];
}

/** Codes and wordings are compared without spaces, and full-width signs as plain ones. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
}
