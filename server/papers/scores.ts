import type { ReadingOptions, ScoresReading } from '../../shared/imports/papers.ts';
import type { Table, Tables } from './cells.ts';
import { findHeader, hasEnough, headerAt, type Header } from './header.ts';
import { SCORE_LIST_WORDS } from './header-patterns.ts';
import { understandScoreList } from './score-list.ts';
import { understandScoreTable } from './score-table.ts';

/** A month's scores, in whichever of its two layouts: a row for each deed, or households × rules. */
export function understandScores(tables: Tables, options: ReadingOptions = {}): ScoresReading {
  return isList(tables, options)
    ? understandScoreList(tables, options)
    : understandScoreTable(tables, options);
}

/** A list has a column of rules; of a table the other columns are the rules. A person may say which it is. */
function isList({ sheets }: Tables, { sheet, headerRow, columns = {} }: ReadingOptions): boolean {
  if (columns.rule !== undefined) return columns.rule !== null;
  return sheets
    .filter(({ name, hidden }) => (sheet === undefined ? !hidden : name === sheet))
    .some((table) => {
      const header =
        headerRow === undefined
          ? findHeader(table, SCORE_LIST_WORDS)
          : headerAt(table, headerRow, SCORE_LIST_WORDS);
      return header && hasEnough(header.columns, SCORE_LIST_WORDS) && !headsOtherColumns(table, header);
    });
}

/** Whether the word for the rule stands over several columns, which are headed one by one beneath it. */
function headsOtherColumns({ rows }: Table, { columns, end }: Header): boolean {
  const index = columns.get('rule') ?? 0;
  const [row = [], below = []] = rows.slice(end - 1, end + 1);
  if (row[index] !== undefined && row[index] === row[index + 1]) return true;
  const households = [columns.get('number'), columns.get('head')].filter((one) => one !== undefined);
  const isHeadedBelow = households.every((one) => !below[one]?.text || below[one] === row[one]);
  return isHeadedBelow && !row[index + 1]?.text && Boolean(below[index + 1]?.text);
}
