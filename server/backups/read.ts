import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { BrokenRows, type Cell, isLeftOut, type SqliteCopy, startSqliteCopy } from '../../db/copy/index.ts';
import type { Reader, Store } from '../../db/index.ts';
import { LEDGER_KINDS } from '../ledger-kinds.ts';
import { findStray, verifyBook } from '../ledger/index.ts';
import { asFault, BackupFault } from './fault.ts';
import { type Header, parseHeader, parseRow, parseTrailer, tableLine, type Trailer } from './format.ts';
import { rowsOf, type BackupRun } from './write.ts';

const CHUNK_BYTES = 256 * 1024;
const ROWS_AT_ONCE = 1000;
/** Long rows are inserted in smaller groups: a thousand of the longest would not fit into memory. */
const CHARACTERS_AT_ONCE = 16 * 1024 * 1024;
/** Limit for one row. The longest is a paper of ten megabytes, written as text. */
const LINE_CHARACTERS_MAX = 64 * 1024 * 1024;
/** Limit for the first line, which the server itself reads. It holds the heads of thousands of villages. */
const HEADER_CHARACTERS_MAX = 4 * 1024 * 1024;

/** A backup loaded into a database of its own and brought up to date, with every book verified. */
export interface CheckedCopy {
  readonly header: Header;
  readonly trailer: Trailer;
  readonly store: Store;
}

/**
 * Loads a backup into a new SQLite file and checks the checksum, the row counts, the constraints of the schema, and
 * every book. Each book's head must be the one that the header names.
 */
export async function readBackup(file: string, copyPath: string, work: BackupRun): Promise<CheckedCopy> {
  const copy = await load(file, copyPath, work);
  const { header, store } = copy;
  try {
    await store.read((reader) => verifyBooks(reader, header, work));
    return copy;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Reads the header, which is the first line. */
export async function readHeader(file: string): Promise<Header> {
  const lines = new Lines(file, undefined, HEADER_CHARACTERS_MAX);
  try {
    return parseHeader(await lines.next());
  } catch (error) {
    throw faultOf(error);
  } finally {
    lines.close();
  }
}

/**
 * Reads the trailer and compares the checksum of everything before it. It does not check the rows: the backup was
 * verified once before.
 */
export async function readTrailer(file: string, work: BackupRun): Promise<Trailer> {
  const lines = new Lines(file, work.signal);
  try {
    const header = parseHeader(await lines.next());
    const total = header.tables.length + rowsOf(header);
    for (let left = total; left > 0; left -= 1) if (lines.ready() === null) await lines.next();
    return await endOf(lines);
  } catch (error) {
    throw faultOf(error);
  } finally {
    lines.close();
  }
}

/** Verifies every book of a database that should hold what the header says. */
export async function verifyBooks(
  reader: Reader,
  header: Pick<Header, 'books'>,
  work: BackupRun,
): Promise<void> {
  const { villages } = reader.t;
  const rows = await reader.db.select({ id: villages.id, name: villages.name }).from(villages);
  const stray = await findStray(
    reader,
    rows.map(({ id }) => id),
  );
  if (stray) throw new BackupFault('does_not_verify', { bad: stray });
  const expected = new Map(header.books.map((book) => [book.villageId, book]));
  const total = header.books.reduce((sum, { number }) => sum + number, 0);
  let before = 0;
  for (const { id, name } of rows) {
    const onProgress = (done: number) => work.onProgress?.('verify', before + done, total);
    const { ok, bad, headNumber, headHash } = await verifyBook(reader, LEDGER_KINDS, id, {
      onProgress,
      ...signalOf(work),
    });
    if (!ok) throw new BackupFault('does_not_verify', { what: name, bad });
    const book = expected.get(id);
    if (book?.number !== headNumber || book.hash !== headHash)
      throw new BackupFault('damaged', { what: `head ${name}` });
    expected.delete(id);
    before += headNumber;
  }
  if (expected.size > 0) throw new BackupFault('damaged', { what: 'books' });
}

function signalOf({ signal }: BackupRun): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}

async function load(file: string, copyPath: string, work: BackupRun): Promise<CheckedCopy> {
  const lines = new Lines(file, work.signal);
  let copy: SqliteCopy | null = null;
  try {
    const header = parseHeader(await lines.next());
    copy = startSqliteCopy(copyPath, header.schema.sqlite.length);
    await loadTables(header, lines, copy, work);
    const trailer = await endOf(lines);
    const store = copy.finish();
    copy = null;
    return { header, trailer, store };
  } catch (error) {
    copy?.abandon();
    throw faultOf(error);
  } finally {
    lines.close();
  }
}

async function endOf(lines: Lines): Promise<Trailer> {
  const found = lines.digest();
  const trailer = parseTrailer(await lines.next());
  if (trailer.sha256 !== found) throw new BackupFault('damaged', { what: 'SHA-256' });
  if (!(await lines.isAtEnd())) throw new BackupFault('damaged', { what: 'end' });
  return trailer;
}

async function loadTables(header: Header, lines: Lines, copy: SqliteCopy, work: BackupRun): Promise<void> {
  const total = rowsOf(header);
  let done = 0;
  for (const table of header.tables) {
    // The tables that backups leave out say which server is running and which schema this is. A file must not set
    // them.
    if (isLeftOut(table.name) || (await lines.next()) !== tableLine(table))
      throw new BackupFault('damaged', { what: table.name });
    for (let left = table.rows; left > 0;) {
      const rows: Cell[][] = [];
      let characters = 0;
      while (rows.length < Math.min(left, ROWS_AT_ONCE) && characters < CHARACTERS_AT_ONCE) {
        const line = lines.ready() ?? (await lines.next());
        const row = parseRow(line);
        characters += line.length;
        if (row.length !== table.columns.length) throw new BackupFault('damaged', { what: table.name });
        rows.push(row);
      }
      copy.insert(table, rows);
      left -= rows.length;
      done += rows.length;
      work.onProgress?.('read', done, total);
    }
  }
}

/** Turns the errors of gunzip and SQLite about a broken file into `damaged`. */
function faultOf(error: unknown): unknown {
  if (error instanceof BackupFault || !(error instanceof Error)) return error;
  if (error instanceof BrokenRows) return new BackupFault('damaged', { what: error.message, cause: error });
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR')
    return new BackupFault('damaged', { what: 'gzip', cause: error });
  if (/^SQLITE_(?:CONSTRAINT|MISMATCH|ERROR|RANGE)/.test(code)) {
    return new BackupFault('damaged', { what: error.message, cause: error });
  }
  return asFault(error);
}

/** Reads the lines of a backup one by one and computes the checksum of the lines it has returned. */
class Lines {
  private readonly chunks: AsyncIterator<Buffer>;
  private readonly source;
  private readonly hash = createHash('sha256');
  private readonly decoder = new StringDecoder('utf8');
  private readonly signal: AbortSignal | undefined;
  private readonly lineMax: number;
  private waiting: string[] = [];
  private at = 0;
  private rest = '';
  private ended = false;
  private isFirst = true;

  constructor(file: string, signal: AbortSignal | undefined, lineMax = LINE_CHARACTERS_MAX) {
    this.signal = signal;
    this.lineMax = lineMax;
    this.source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
    const unpacked = createGunzip({ chunkSize: 4 * CHUNK_BYTES });
    this.source.on('error', (error) => unpacked.destroy(error));
    this.source.pipe(unpacked);
    this.chunks = unpacked[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next line if it is unpacked already; null otherwise. Awaiting each of millions of lines would be slow. */
  ready(): string | null {
    const line = this.waiting[this.at];
    if (line === undefined) return null;
    this.at += 1;
    this.hash.update(`${line}\n`);
    return line;
  }

  async next(): Promise<string> {
    for (;;) {
      const line = this.ready();
      if (line !== null) return line;
      if (!(await this.fill()))
        throw new BackupFault(this.isFirst ? 'not_a_backup' : 'damaged', { what: 'end' });
      this.isFirst = false;
    }
  }

  async isAtEnd(): Promise<boolean> {
    while (this.at >= this.waiting.length) if (!(await this.fill())) return this.rest === '';
    return false;
  }

  /** SHA-256 of all lines returned so far. */
  digest(): string {
    return this.hash.copy().digest('hex');
  }

  close(): void {
    this.source.destroy();
  }

  private async fill(): Promise<boolean> {
    this.signal?.throwIfAborted();
    if (this.ended) return false;
    const chunk = await this.nextChunk();
    if (chunk.done === true) {
      this.ended = true;
      return false;
    }
    const text = this.rest + this.decoder.write(chunk.value);
    if (text.length > this.lineMax) throw new BackupFault('damaged', { what: 'line' });
    // A chunk without a line feed is not split, so no part of a long line is searched twice.
    const lines = chunk.value.includes(10) ? text.split('\n') : [text];
    this.rest = lines.pop() ?? '';
    this.waiting = lines;
    this.at = 0;
    return true;
  }

  private async nextChunk(): Promise<IteratorResult<Buffer>> {
    try {
      return await this.chunks.next();
    } catch (error) {
      // The file is not gzip at all. A gzip file that is broken counts as damaged, also in its first lines.
      const isPacked = !(error instanceof Error) || error.message !== 'incorrect header check';
      if (!isPacked && this.isFirst) throw new BackupFault('not_a_backup', { cause: error });
      throw error;
    }
  }
}
