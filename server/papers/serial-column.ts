import type { Layout } from './layout.ts';
import { ascii, headerWord } from './text.ts';

const SERIAL = /^序号$/;

/**
 * The layouts without a column 序号 that only counts the rows. If its cells are more than that (1-2, A3), it holds the codes of
 * the rules. `isChosen`: a person said that it does.
 */
export function withoutSerials(layouts: readonly Layout[], isChosen: boolean): readonly Layout[] {
  if (isChosen) return layouts;
  return layouts.map((layout) => {
    const index = layout.columns.get('code');
    if (index === undefined || !SERIAL.test(headerWord(layout.headers[index] ?? ''))) return layout;
    const cells = layout.table.rows.slice(layout.headerRow ?? 0).map((row) => ascii(row[index]?.text ?? ''));
    if (!cells.every((text) => /^\d*$/.test(text))) return layout;
    const columns = new Map(layout.columns);
    columns.delete('code');
    return { ...layout, columns };
  });
}
