import { looksLikeAddress } from '../../shared/households/address.ts';
import type { ReadingOptions } from '../../shared/imports/papers.ts';
import { columnLetter } from './cells.ts';
import { ADDRESS_HEADER } from './header-patterns.ts';
import type { Layout } from './layout.ts';
import { headerWord } from './text.ts';

const SAMPLES = 3;

/** The column of household numbers, if its header or most of its cells say that they are addresses. */
export interface AddressColumn {
  readonly letter: string;
  readonly header: string;
  readonly samples: string[];
}

/** Looks at the first sheet alone: the others have the same header. */
export function addressColumnOf(layouts: readonly Layout[]): AddressColumn | null {
  const [layout] = layouts;
  const index = layout?.columns.get('number');
  if (!layout || index === undefined) return null;
  const { table, headerRow, headers } = layout;
  const texts = table.rows.slice(headerRow ?? 0).flatMap((row) => row[index]?.text || []);
  const header = headers[index] ?? '';
  const addresses = texts.filter(looksLikeAddress).length;
  // A header may say both: 户号（门牌号）is a number unless its cells say otherwise.
  if (!ADDRESS_HEADER.test(headerWord(header)) && addresses * 2 <= texts.length) return null;
  return { letter: columnLetter(index), header, samples: texts.slice(0, SAMPLES) };
}

/** The layouts without such a column, unless a person said to keep it. */
export function withoutAddresses(
  layouts: readonly Layout[],
  { addressNumbers = 'leave' }: ReadingOptions,
): readonly Layout[] {
  if (addressNumbers === 'keep' || addressColumnOf(layouts) === null) return layouts;
  return layouts.map((layout) => {
    const columns = new Map(layout.columns);
    columns.delete('number');
    return { ...layout, columns };
  });
}
