import type { OutboxRow } from '../../../shared/outbox/row.ts';
import { rowFileText, type RowFileHead } from '../../../shared/outbox/row-file.ts';
import { localDay } from '../../i18n/format.ts';

export type RowFileParts = Pick<RowFileHead, 'villageId' | 'village' | 'kiosk'> & {
  readonly savedAtMs: number;
};

interface NamedFile {
  readonly name: string;
  readonly content: Blob;
}

/** All rows of the device that are not forgotten, answered or not: a restored server may lack any of them. */
export function rowFile(parts: RowFileParts, rows: readonly OutboxRow[]): NamedFile {
  const clock = new Date(parts.savedAtMs).toISOString().slice(11, 19).replaceAll(':', '');
  return {
    // Each is another name: a browser does not ask whether it may write over one.
    name: `jishan-${localDay(parts.savedAtMs)}-${clock}.jsonl`,
    content: new Blob([rowFileText(parts, rows)], { type: 'application/x-ndjson' }),
  };
}

const NAME = 'jishan.kiosk.saved';

/** Remembers which rows the last file had, so that a shift without anything new saves none. */
export function createSavedMark(storage: Pick<Storage, 'getItem' | 'setItem'>) {
  const markOf = (rows: readonly OutboxRow[]) => {
    const last = rows.at(-1);
    return last === undefined ? '' : `${rows.length} ${last.device} ${last.number}`;
  };
  return {
    isNew: (rows: readonly OutboxRow[]) => rows.length > 0 && storage.getItem(NAME) !== markOf(rows),
    note: (rows: readonly OutboxRow[]) => storage.setItem(NAME, markOf(rows)),
  };
}
