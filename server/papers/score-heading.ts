import type { ScoreSum } from '../../shared/imports/score-rows.ts';
import { type Cell, cellAddress, type Row, widthOf } from './cells.ts';
import type { Findings } from './findings.ts';
import type { Layout } from './layout.ts';
import { headerWord } from './text.ts';

interface Column {
  readonly index: number;
  /** The lowest text over it, by which messages name it. */
  readonly header: string;
}

interface RuleColumn extends Column {
  /** All texts over it, the lowest first: one of them names the rule. */
  readonly texts: readonly string[];
  /** The cell of the header. */
  readonly cell: string;
  readonly addressIn: (row: number) => string;
}

export interface SumColumn extends Column {
  readonly of: ScoreSum['of'];
  /** Whether it sums up this column. */
  readonly isOver: (index: number) => boolean;
}

/** The columns of a table of scores beside those that name the household. */
export interface Heading {
  /** Its data begin below all rows of the header. */
  readonly layout: Layout;
  readonly rules: readonly RuleColumn[];
  readonly sums: readonly SumColumn[];
  /** The headers of columns that are known to be no rules. */
  readonly left: readonly string[];
}

const SUM =
  /^(?:本月|本期|当月|月度|个人|全户)?(加分?|得分|扣分?|减分?)?(合计|小计|总计|共计|总分|总得分|总积分)(?:得分|积分|分数?|分值)?$|^(?:得分|积分)(?:合计|总计)$/;
/** Columns that stand beside scores in villages' tables and score nothing. */
const NO_SCORE =
  /^(?:序号?|户号|户?编号|户主|姓名|人员|备注|附注|备考|说明|note|remarks?|(?:家庭)?(?:人口|人数)|评分人|打分人|评议员|月份)$|电话|手机|签[字名章]|确认|地址|住址|门牌/;
/** A longer text may be the wording of a rule, whatever words are in it. */
const NO_SCORE_LONGEST = 8;
const HEADER_ROWS_MOST = 4;

/** Reads the header of a table: the rows under the one that names the household belong to it, too. */
export function readHeading(found: Layout, findings: Findings): Heading {
  const layout = withWholeHeader(found);
  const named = new Set([...layout.columns.values(), ...layout.identityColumns]);
  const heads = layout.table.rows.slice(layout.titleRows, layout.headerRow ?? 0);
  const rules: RuleColumn[] = [];
  const sums: (Column & { readonly word: string; readonly of: ScoreSum['of'] })[] = [];
  const left: string[] = [];
  for (let index = 0; index < widthOf(layout.table); index += 1) {
    if (named.has(index)) continue;
    const texts = textsOver(heads, index);
    const [header = ''] = texts;
    const words = texts.map(headerWord);
    const sum = words.map((word) => SUM.exec(word)).find((match) => match !== null);
    if (header === '') nameUnheaded(layout, index, findings);
    else if (sum) sums.push({ index, header, word: sum[2] ?? sum[0], of: sumOf(sum[1] ?? '') });
    else if (words.every(scoresNothing)) left.push(header);
    else {
      const addressIn = (row: number) => cellAddress(row - 1, index);
      const cell = addressIn(layout.headerRow ?? 1);
      rules.push({ index, header, texts, cell, addressIn });
    }
  }
  return { layout, rules, sums: sums.map((sum) => reachOf(sum, sums)), left };
}

function scoresNothing(word: string): boolean {
  return word.length <= NO_SCORE_LONGEST && NO_SCORE.test(word);
}

/** A sum whose word stands several times, or that says so, sums up what stands since the last of its kind. */
function reachOf(
  { index, header, word, of }: Column & { readonly word: string; readonly of: ScoreSum['of'] },
  sums: readonly (Column & { readonly word: string; readonly of: ScoreSum['of'] })[],
): SumColumn {
  const alike = sums.filter((one) => one.word === word && one.of === of);
  const isPart = word === PART || alike.length > 1;
  const from = isPart ? Math.max(-1, ...alike.map((one) => one.index).filter((one) => one < index)) : -1;
  return { index, header, of, isOver: (one) => one > from && (!isPart || one < index) };
}

const PART = '小计';

function sumOf(word: string): ScoreSum['of'] {
  if (word.startsWith('加')) return 'gains';
  return /^[扣减]/.test(word) ? 'losses' : 'all';
}

/** The header goes on while a row repeats the household's header merged, or leaves it empty and heads other columns. */
function withWholeHeader(layout: Layout): Layout {
  if (!layout.headerRow) return layout;
  const { rows } = layout.table;
  const households = Array.from(layout.columns.values());
  const head = rows[layout.headerRow - 1] ?? [];
  let end = layout.headerRow;
  while (end < layout.titleRows + HEADER_ROWS_MOST && goesOn(rows[end] ?? [], head, households)) end += 1;
  return end === layout.headerRow ? layout : { ...layout, headerRow: end };
}

function goesOn(row: Row, head: Row, households: readonly number[]): boolean {
  const isMerged = (index: number) => row[index] !== undefined && row[index] === head[index];
  if (households.some(isMerged)) return households.every((index) => isMerged(index) || !row[index]?.text);
  // A figure is a score, not a header: a household whose name is missing is told of.
  const isHeader = (cell: Cell | undefined, index: number) =>
    !households.includes(index) && cell?.kind === 'text' && /[\p{L}]/u.test(cell.text);
  return households.every((index) => !row[index]?.text) && row.some(isHeader);
}

/** The texts over a column, the lowest first. */
function textsOver(heads: readonly Row[], index: number): string[] {
  const texts = heads.toReversed().map((row) => row[index]?.text ?? '');
  return Array.from(new Set(texts.filter((text) => text !== '')));
}

function nameUnheaded({ table, headerRow }: Layout, index: number, findings: Findings): void {
  const at = table.rows.findIndex((row, place) => place >= (headerRow ?? 0) && row[index]?.text);
  if (at < 0) return;
  const where = { sheet: table.name, row: at + 1, cell: cellAddress(at, index), column: '' };
  findings.problem('error', 'score_column_unnamed', { ...where, value: table.rows[at]?.[index]?.text ?? '' });
}
