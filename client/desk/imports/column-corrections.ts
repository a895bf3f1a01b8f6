import type { ImportState } from '../../../shared/imports/contract.ts';
import type { ReadingOptions } from '../../../shared/imports/papers.ts';

/**
 * Corrections made by hand so far. The server reads the paper afresh with all of them each time; they are
 * kept beside the import's id, so that leaving the page and coming back loses none.
 */
export function loadCorrections(id: string, storage: Storage = sessionStorage): ReadingOptions {
  try {
    return JSON.parse(storage.getItem(nameOf(id)) ?? '{}') as ReadingOptions;
  } catch {
    return {};
  }
}

export function saveCorrections(
  id: string,
  options: ReadingOptions,
  storage: Storage = sessionStorage,
): void {
  try {
    storage.setItem(nameOf(id), JSON.stringify(options));
  } catch {
    // Without storage the corrections live as long as the page.
  }
}

/** The columns as they stand, guessed or chosen: changing one by hand must not move another. */
export function columnsNow({ preview }: ImportState): NonNullable<ReadingOptions['columns']> {
  return Object.fromEntries(Object.entries(preview.columns).map(([field, { letter }]) => [field, letter]));
}

function nameOf(id: string): string {
  return `jishan.import.${id}`;
}
