import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import {
  countRows,
  pastSchema,
  readTable,
  schemaHashes,
  type TableShape,
  tableShapes,
} from '../../db/copy/index.ts';
import type { Reader, Store } from '../../db/index.ts';
import { readHead } from '../ledger/index.ts';
import { FORMAT, FORMAT_VERSION, type Header, tableLine, trailerLine } from './format.ts';
import { type BackupKeys, macOf } from './backup-mac.ts';

export type Phase = 'write' | 'read' | 'verify' | 'load';

/** How the caller of a backup or a restore follows it and breaks it off. */
export interface BackupRun {
  readonly signal?: AbortSignal | undefined;
  /** Reports the phase and how far it is. */
  onProgress?(phase: Phase, done: number, total: number): void;
  /**
   * Called at the last moment before one database replaces another. If nothing is heard after it, the outcome is
   * unknown.
   */
  readonly atTurn?: (() => Promise<void>) | undefined;
}

export interface Maker {
  readonly store: Store;
  readonly clock: () => number;
  /** Version of the program. */
  readonly version: string;
  /** Keys that mark the backup as this server's. Without them it carries no mark. */
  readonly keys?: BackupKeys | null;
  /** Number of migrations that the database has had, when it is not up to date. */
  readonly migrationsDone?: number;
}

const CHUNK_CHARACTERS = 256 * 1024;

/** Writes everything the database holds, as it stands in one snapshot. */
export function writeBackup(maker: Maker, path: string, work: BackupRun): Promise<Header> {
  const { store, clock, version, keys = null, migrationsDone } = maker;
  return store.read(async (reader) => {
    const { tables, hashes } =
      migrationsDone === undefined
        ? { tables: tableShapes(), hashes: schemaHashes() }
        : await pastSchema(reader, migrationsDone);
    const header: Header = {
      format: FORMAT,
      version: FORMAT_VERSION,
      program: version,
      engine: store.engine,
      madeAt: new Date(clock()).toISOString(),
      schema: hashes,
      books: await booksOf(reader),
      tables: await withCounts(reader, tables),
    };
    await pipeline(
      Readable.from(content(reader, header, keys, work), {
        objectMode: false,
        highWaterMark: 4 * CHUNK_CHARACTERS,
      }),
      // Fast rather than small: the file is a tenth of the database either way.
      createGzip({ level: 1, chunkSize: CHUNK_CHARACTERS }),
      createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
      { signal: work.signal },
    );
    return header;
  });
}

async function* content(
  reader: Reader,
  header: Header,
  keys: BackupKeys | null,
  work: BackupRun,
): AsyncGenerator<string> {
  const digest = createHash('sha256');
  const seal = (text: string) => {
    digest.update(text);
    return text;
  };
  const total = rowsOf(header);
  let done = 0;
  yield seal(`${JSON.stringify(header)}\n`);
  for (const table of header.tables) {
    let text = `${tableLine(table)}\n`;
    for await (const rows of readTable(reader, table)) {
      for (const row of rows) {
        text += `${JSON.stringify(row)}\n`;
        if (text.length < CHUNK_CHARACTERS) continue;
        yield seal(text);
        text = '';
      }
      done += rows.length;
      work.onProgress?.('write', done, total);
    }
    yield seal(text);
  }
  const sha256 = digest.digest('hex');
  yield `${trailerLine({ sha256, ...(keys && { mac: macOf(keys, sha256) }) })}\n`;
}

export function rowsOf({ tables }: Pick<Header, 'tables'>): number {
  return tables.reduce((sum, { rows }) => sum + rows, 0);
}

/** It reads only columns that every schema of the program has had. */
export async function booksOf(reader: Reader): Promise<Header['books']> {
  const { villages } = reader.t;
  const rows = await reader.db
    .select({ id: villages.id, name: villages.name })
    .from(villages)
    .orderBy(villages.id);
  const books: Header['books'] = [];
  for (const { id, name } of rows) {
    const head = await readHead(reader, id);
    if (head) books.push({ villageId: id, name, number: head.number, hash: head.hash });
  }
  return books;
}

export async function withCounts(reader: Reader, shapes: readonly TableShape[]): Promise<Header['tables']> {
  const tables: Header['tables'] = [];
  for (const { name, columns, key } of shapes) {
    tables.push({
      name,
      columns: [...columns],
      key: [...key],
      rows: await countRows(reader, { name, columns, key }),
    });
  }
  return tables;
}
