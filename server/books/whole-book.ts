import { BOOK_WORD } from '../../shared/ledger/export-words.ts';
import type { Reader } from '../../db/index.ts';
import type { Download } from '../../shared/operation.ts';
import type { ExportFormat } from '../../shared/ledger/export-format.ts';
import type { VillageContext } from '../http/index.ts';
import { exportBook, type LedgerKinds } from '../ledger/index.ts';
import { bookerNamesThen } from './names.ts';
import { goodsNames, ownerNames } from './owners.ts';

interface FileKind {
  readonly ending: string;
  readonly mediaType: string;
}

const FILES: Readonly<Record<ExportFormat, FileKind>> = {
  csv: { ending: 'csv', mediaType: 'text/csv; charset=utf-8' },
  hledger: { ending: 'hledger', mediaType: 'text/plain; charset=utf-8' },
  beancount: { ending: 'beancount', mediaType: 'text/plain; charset=utf-8' },
  journal: { ending: 'jsonl', mediaType: 'application/x-ndjson' },
};

/** A village's whole book as a file for another program, with the names people know. */
export async function wholeBook(
  reader: Reader,
  kinds: LedgerKinds,
  village: VillageContext,
  format: ExportFormat,
  today: string,
): Promise<Download> {
  const { id, name, town, settings } = village;
  const { ending, mediaType } = FILES[format];
  const content = exportBook(reader, kinds, id, format, {
    village: { name, town },
    timeZone: settings.timeZone,
    ownerNames: (accountIds) => ownerNames(reader, id, accountIds),
    itemNames: (itemIds) => goodsNames(reader, id, itemIds),
    actorName: await bookerNamesThen(reader, id),
  });
  return { filename: `${fileName(name)}-${BOOK_WORD}-${today}.${ending}`, mediaType, content };
}

/** Removes characters that some systems refuse in the name of a file. */
function fileName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '').trim() || 'jishan';
}
