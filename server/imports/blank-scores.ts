import type { Reader } from '../../db/index.ts';
import { BYTE_ORDER_MARK, csvCell, csvLine } from '../../shared/csv.ts';
import { SCORE_SHEET_WORDS } from '../../shared/imports/score-words.ts';
import type { Download } from '../../shared/operation.ts';
import { formatHundredths } from '../../shared/points.ts';
import { nextTurn } from '../commands/index.ts';
import { allHouseholds } from '../households/index.ts';
import { type CurrentRule, currentRules } from '../rules/index.ts';

interface BlankOrder {
  readonly villageId: string;
  readonly villageName: string;
  readonly format: 'csv' | 'xlsx';
  readonly today: string;
}

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
/** A sheet is read to 200 columns: these, and those of the household and the sum. */
const RULES_MOST = 190;

/** A blank score sheet with the village's own households and rules, in the layout in which it is read again. */
export function blankScores(reader: Reader, order: BlankOrder): Download {
  const { villageName, format, today } = order;
  return {
    filename: `${villageName}-${SCORE_SHEET_WORDS.sheet}-${today}.${format}`,
    mediaType: MEDIA_TYPES[format],
    content: format === 'csv' ? asCsv(reader, order) : asWorkbook(reader, order),
  };
}

async function* asCsv(reader: Reader, order: BlankOrder): AsyncGenerator<string> {
  const rows = await rowsOf(reader, order);
  yield BYTE_ORDER_MARK + rows.map((row) => csvLine(row.map(csvCell))).join('');
}

async function* asWorkbook(reader: Reader, order: BlankOrder): AsyncGenerator<Uint8Array> {
  const rows = await rowsOf(reader, order);
  const { utils, write } = await import('@e965/xlsx');
  const sheet = utils.aoa_to_sheet(rows);
  const book = utils.book_new(sheet, SCORE_SHEET_WORDS.sheet);
  yield write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Uint8Array;
}

/** Two rows of header, the codes over the wordings, and a row for each household that has an account. */
async function rowsOf(reader: Reader, { villageId, today }: BlankOrder): Promise<string[][]> {
  const { number, head, group, total } = SCORE_SHEET_WORDS;
  const all = await currentRules(reader, villageId, today);
  const rules = all
    .filter(({ enabled, pointsMode }) => enabled && pointsMode !== 'none')
    .slice(0, RULES_MOST);
  const households = await allHouseholds(reader, villageId, nextTurn);
  const blank = [...rules.map(() => ''), ''];
  return [
    [number, head, group, ...rules.map(({ code }) => code), total],
    ['', '', '', ...rules.map(titleOf), ''],
    ...households
      .filter(({ state }) => state === 'active')
      .map((household) => [household.number, household.head, household.groupName, ...blank]),
  ];
}

/** The wording of a rule, with its figure in brackets if it has one of its own. */
function titleOf({ title, pointsMode, points }: CurrentRule): string {
  if (pointsMode !== 'fixed' || points === null) return title;
  return `${title} (${points > 0 ? '+' : ''}${formatHundredths(points)})`;
}
