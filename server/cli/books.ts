import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { businessDay } from '../../shared/business-day.ts';
import type { ExportFormat } from '../../shared/contract/ledger.ts';
import { wholeBook } from '../books/index.ts';
import { findStray, readJournalFile, verify, writeJournal } from '../ledger/index.ts';
import { type CliDesk, findVillage, listVillages, makeVillage, requireVillage, withStore } from './desk.ts';
import { CliProblem, EXIT, type ExitCode } from './problems.ts';

export interface VerifyFlags {
  readonly village?: string;
  readonly json?: boolean;
}

/** Verifies one village's book, or every village's where none is named. */
export function verifyCommand(desk: CliDesk, { village, json }: VerifyFlags): Promise<ExitCode> {
  return withStore(desk, async (store) => {
    const ids = village === undefined ? (await listVillages(store)).map(({ id }) => id) : [village];
    if (village !== undefined) await requireVillage(desk, store, village);
    if (ids.length === 0) throw new CliProblem(EXIT.usage, desk.words.noVillage);
    const reports = [];
    for (const id of ids) {
      const progress = json ? {} : { onProgress: progressOn(desk) };
      reports.push({ village: id, ...(await verify(store, id, { ...progress, clock: desk.clock })) });
    }
    const [only] = reports;
    // What belongs to no village is met by none of these walks.
    const stray = village === undefined ? await store.read((reader) => findStray(reader, ids)) : null;
    if (only && stray && reports.every(({ ok }) => ok)) Object.assign(only, { ok: false, bad: stray });
    if (json) desk.out(`${JSON.stringify(reports.length === 1 ? only : reports)}\n`);
    else {
      for (const { bad, entries, postings, headHash } of reports) {
        desk.out(`${bad ? desk.words.broken(bad) : desk.words.verified(entries, postings, headHash)}\n`);
      }
    }
    return reports.every(({ ok }) => ok) ? EXIT.ok : EXIT.refused;
  });
}

export interface ExportFlags {
  readonly format: ExportFormat;
  readonly village?: string;
  readonly out?: string;
}

/** Writes a village's whole book to a file or to standard output. */
export function exportCommand(desk: CliDesk, { format, village: id, out }: ExportFlags): Promise<ExitCode> {
  return withStore(desk, async (store) => {
    const village = await requireVillage(desk, store, id);
    const today = businessDay(desk.clock(), village.settings.timeZone);
    await store.read(async (reader) => {
      const { content } = await wholeBook(reader, village, format, today);
      if (out === undefined) for await (const part of content) desk.out(String(part));
      else await writeFile(desk, out, content);
    });
    if (out !== undefined) desk.note(desk.words.exported(out));
    return EXIT.ok;
  });
}

export interface ImportJournalFlags {
  readonly village?: string;
  readonly villageName?: string;
  readonly town?: string;
}

/** Brings a journal file into an empty book; where there is no village yet, into one made for it. */
export function importJournalCommand(
  desk: CliDesk,
  file: string,
  flags: ImportJournalFlags,
): Promise<ExitCode> {
  const source = createReadStream(file, 'utf8') as AsyncIterable<string>;
  return withStore(
    desk,
    async (store) => {
      const found = await findVillage(desk, store, flags.village);
      // A file that is refused leaves no village behind.
      const journal = await readJournalFile(source);
      const { village: named, head } = journal.header;
      const name = flags.villageName ?? named?.name ?? '导入的村庄';
      const village = found ?? (await makeVillage(desk, store, name, flags.town ?? named?.town ?? '—'));
      await store.transaction((tx) => writeJournal(tx, village.id, journal));
      desk.out(`${desk.words.importedJournal(village.name, head.number, head.hash)}\n`);
      return EXIT.ok;
    },
    true,
  );
}

async function writeFile(
  desk: CliDesk,
  path: string,
  content: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  try {
    await pipeline(Readable.from(content), createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    if (error instanceof Error && 'syscall' in error)
      throw new CliProblem(EXIT.unavailable, desk.words.cannotWrite(path));
    throw error;
  }
}

function progressOn(desk: CliDesk): (done: number, total: number) => void {
  let saidPercent = 0;
  return (done, total) => {
    const percent = total === 0 ? 100 : Math.floor((done * 100) / total);
    if (percent < saidPercent + 10) return;
    saidPercent = percent;
    desk.note(`${String(percent)} %`);
  };
}
