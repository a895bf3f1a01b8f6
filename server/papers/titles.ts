import type { Layout } from './layout.ts';
import type { Row } from './cells.ts';
import { namedInTitle } from '../../shared/imports/titles.ts';

const TITLE_CHARACTERS = 80;

/** The rows above the headers that name a village or a year. */
export function titlesOf(layouts: readonly Layout[]) {
  return layouts.flatMap(({ table, titleRows }) =>
    table.rows.slice(0, titleRows).flatMap((row, index) => {
      const text = wholeText(row);
      const { villages, years } = namedInTitle(text);
      return villages.length + years.length === 0 ? [] : [{ sheet: table.name, row: index + 1, text }];
    }),
  );
}

/** A merged cell stands in each of its columns and is read once. */
function wholeText(row: Row): string {
  const cells = [...new Set(row)].map((cell) => cell?.text ?? '').filter((text) => text !== '');
  return cells.join(' ').slice(0, TITLE_CHARACTERS);
}
