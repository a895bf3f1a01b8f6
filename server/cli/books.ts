import { createReadStream, createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { changedGuards, type Store } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { BadRow, Verification } from '../../shared/ledger/verification.ts';
import type { ExportFormat } from '../../shared/ledger/export-format.ts';
import { bookAnyway, BY_COMMAND_LINE } from '../acts/index.ts';
import { badHead, createVerifier, firstGone, type KnownHead, wholeBook } from '../books/index.ts';
import { headsOfBackups } from '../backups/index.ts';
import { createIds } from '../http/index.ts';
import { findStray, readJournalFile, type VerifiedJournal, writeJournal } from '../ledger/index.ts';
import { notePathOf } from '../private-file.ts';
import { checkChanges } from '../changes/index.ts';
import { checkSignatures } from '../signatures/index.ts';
import {
  type CliDesk,
  findVillage,
  listVillages,
  makeVillage,
  type NewVillageFlags,
  requireVillage,
  withStore,
} from './desk.ts';
import { CliProblem, EXIT, type ExitCode, placeOf, sqliteDamage } from './problems.ts';
import { progressOn } from './progress.ts';

export interface VerifyFlags {
  readonly village?: string;
  /** Heads known from outside, as NUMBER:HASH. They are of one village. */
  readonly head?: readonly string[];
  readonly json?: boolean;
}

interface Report extends Verification {
  /** Empty if the bad row belongs to no village. */
  readonly village: string;
  readonly name: string;
}

/** Verifies one village's book, or every village's if none is named, and stores the outcome. */
export async function verifyCommand(
  desk: CliDesk,
  { village, head = [], json }: VerifyFlags,
): Promise<ExitCode> {
  const heads = head.map((text) => headFrom(desk, text));
  const reports = await findings(desk, village, heads);
  const [only] = reports;
  if (json) desk.out(`${JSON.stringify(reports.length === 1 ? only : reports)}\n`);
  else for (const report of reports) desk.out(`${told(desk, report, reports.length > 1)}\n`);
  return reports.every(({ ok }) => ok) ? EXIT.ok : EXIT.refused;
}

type HeadGiven = Pick<KnownHead, 'number' | 'hash'>;

/** At least the sixteen digits that boards, slips and notices show, in fours or not. */
const HEAD = /^(\d{1,15}):([\da-f]{16,64})$/;

function headFrom(desk: CliDesk, text: string): HeadGiven {
  const [, number, hash] = HEAD.exec(text.toLowerCase().replace(/\s/g, '')) ?? [];
  if (number === undefined || hash === undefined)
    throw new CliProblem(EXIT.usage, desk.say('bad_head', { text }));
  return { number: Number(number), hash };
}

async function findings(
  desk: CliDesk,
  village: string | undefined,
  heads: readonly HeadGiven[],
): Promise<Report[]> {
  try {
    return await withStore(desk, async (store) => {
      // A head says nothing of which village it is.
      const { id } = heads.length > 0 ? await requireVillage(desk, store, village) : { id: village };
      const reports = await verifyVillages(desk, store, id);
      return Promise.all(reports.map((report) => withGiven(store, report, heads)));
    });
  } catch (error) {
    const damage = sqliteDamage(error);
    if (damage === null) throw error;
    // The file itself is damaged: nobody can tell which row comes first.
    const bad = { table: '', number: null, line: null, accountId: null, check: 'file', expected: '' };
    return [nothingBut(desk, { ...bad, found: damage })];
  }
}

/** Compares a book that holds with the heads that were given. */
async function withGiven(store: Store, report: Report, heads: readonly HeadGiven[]): Promise<Report> {
  if (!report.ok || heads.length === 0) return report;
  const { village: villageId, name } = report;
  const known = heads.map((head) => ({ ...head, villageId, name, atMs: null, where: '--head' }));
  const gone = await store.read((reader) => firstGone(reader, known));
  return gone ? { ...report, ok: false, bad: badHead(gone) } : report;
}

async function verifyVillages(desk: CliDesk, store: Store, wanted: string | undefined): Promise<Report[]> {
  const villages =
    wanted === undefined ? await listVillages(store) : [await requireVillage(desk, store, wanted)];
  const verifier = createVerifier({
    store,
    kinds: desk.ledger.kinds,
    clock: desk.clock,
    newId: createIds(desk.clock, desk.random),
    headPlaces: { notePath: notePathOf(desk.dataDir), ofBackups: () => headsOfBackups(desk.shelf) },
    checks: [checkSignatures, checkChanges],
  });
  const progress = progressOn(desk);
  const reports: Report[] = [];
  for (const { id, name } of villages) {
    const onProgress = (done: number, total: number) => progress(name, done, total);
    reports.push({ village: id, name, ...(await verifier.verify(id, { onProgress })) });
  }
  if (reports.some(({ ok }) => !ok)) return reports;
  if (wanted !== undefined) return withGuards(desk, reports);
  // Rows that belong to no village are not part of any book, so they are looked for here.
  const ids = villages.map(({ id }) => id);
  const stray = await store.read((reader) => findStray(reader, ids));
  const [first, ...others] = reports;
  if (stray) return [{ ...(first ?? nothingBut(desk, stray)), ok: false, bad: stray }, ...others];
  if (!first) throw new CliProblem(EXIT.usage, desk.say('no_village'));
  return withGuards(desk, reports);
}

/** Books that hold are only as good as the triggers that guard them. */
async function withGuards(desk: CliDesk, reports: readonly Report[]): Promise<Report[]> {
  const [changed] = await changedGuards(desk);
  return reports.map((report) =>
    changed === undefined ? report : { ...report, ok: false, bad: badGuard(changed) },
  );
}

/** A trigger of the book that is missing, changed or switched off, as the row that does not fit. */
function badGuard(name: string): BadRow {
  const nowhere = { number: null, line: null, accountId: null, expected: '', found: '' };
  return { ...nowhere, table: name, check: 'trigger' };
}

function nothingBut({ clock }: CliDesk, bad: BadRow): Report {
  const nowMs = clock();
  const book = { entries: 0, postings: 0, headNumber: 0, headHash: '' };
  return { village: '', name: '', ok: false, startedAtMs: nowMs, finishedAtMs: nowMs, ...book, bad };
}

function told({ say }: CliDesk, { name, bad, entries, postings, headHash }: Report, isOneOfMany: boolean) {
  const said = bad ? say('broken', placeOf(bad)) : say('verified', { entries, postings, head: headHash });
  return isOneOfMany ? `${name}: ${said}` : said;
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
    const by = { ...BY_COMMAND_LINE, clock: desk.clock };
    await store.transaction((tx) =>
      bookAnyway(tx, village.id, by, { act: 'books.exported', on: `village:${village.id}`, is: { format } }),
    );
    await store.read(async (reader) => {
      const { content } = await wholeBook(reader, desk.ledger.kinds, village, format, today);
      if (out === undefined) for await (const part of content) await desk.out(String(part));
      else await writeFile(desk, out, content);
    });
    if (out !== undefined) desk.note(desk.say('exported', { file: out }));
    return EXIT.ok;
  });
}

export interface ImportJournalFlags extends NewVillageFlags {
  readonly json?: boolean;
}

/**
 * Imports a journal file into an empty book. If there is no village yet, one is made under the name given, or the
 * file's own. A refused file leaves nothing behind, not even an empty database.
 */
export async function importJournalCommand(
  desk: CliDesk,
  file: string,
  flags: ImportJournalFlags,
): Promise<ExitCode> {
  const journal = await readJournal(desk, file);
  const { bookId, head, village: own } = journal.header;
  return withStore(
    desk,
    async (store) => {
      const found = await findVillage(desk, store, flags.village);
      const name = found?.name ?? flags.villageName ?? own?.name ?? desk.say('imported_village');
      const town = flags.town ?? own?.town ?? '—';
      const village = await store.transaction(async (tx) => {
        const id = found?.id ?? (await makeVillage(desk, tx, name, town)).id;
        await writeJournal(tx, id, journal);
        return id;
      });
      const { number, hash } = head;
      const report = { village, name, bookId, headNumber: number, headHash: hash };
      desk.out(
        `${flags.json ? JSON.stringify(report) : desk.say('imported_journal', { village: name, number, hash })}\n`,
      );
      return EXIT.ok;
    },
    true,
  );
}

async function readJournal(desk: CliDesk, file: string): Promise<VerifiedJournal> {
  try {
    return await readJournalFile(createReadStream(file, 'utf8') as AsyncIterable<string>, desk.ledger.kinds);
  } catch (error) {
    if (isOfFile(error)) throw new CliProblem(EXIT.usage, desk.say('cannot_read', { file }));
    throw error;
  }
}

/** Writes the file under another name until it is complete. */
async function writeFile(
  desk: CliDesk,
  path: string,
  content: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const draft = `${path}.part`;
  try {
    await pipeline(Readable.from(content), createWriteStream(draft, { mode: 0o600, flush: true }));
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    if (isOfFile(error)) throw new CliProblem(EXIT.unavailable, desk.say('cannot_write', { file: path }));
    throw error;
  }
}

/** True for an error of the disk, not of the database. */
function isOfFile(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
