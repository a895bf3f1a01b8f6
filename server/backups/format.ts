import { z } from 'zod';
import { type Cell, schemaHashes, type TableShape } from '../../db/copy/index.ts';
import { isOfTrial } from '../../db/index.ts';
import { BackupFault } from './fault.ts';

/**
 * A backup is gzip over lines of JSON (docs/backup.md): the header, then for each table a line that names it and one
 * line a row, then the trailer. The trailer holds the SHA-256 of all lines before it and the MAC of that
 * (backup-mac.ts). Backups of earlier programs have no MAC: they are as good, but nobody can tell who made them.
 */
export const FORMAT = 'jishan.backup';
export const FORMAT_VERSION = 1;

const tableHeader = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  columns: z.array(
    z.object({
      name: z.string().regex(/^[a-z][a-z0-9_]*$/),
      kind: z.enum(['text', 'int', 'bool', 'json', 'bytes']),
    }),
  ),
  key: z.array(z.string()),
  rows: z.int().min(0),
});

const bookHeader = z.object({
  villageId: z.string(),
  name: z.string(),
  number: z.int().min(0),
  hash: z.string(),
});
export type BookHeader = z.infer<typeof bookHeader>;

const header = z.object({
  format: z.literal(FORMAT),
  version: z.int(),
  program: z.string(),
  engine: z.enum(['sqlite', 'postgres']),
  /** A time that the list of backups can show. One unreadable time would break the whole list. */
  madeAt: z.string().refine((text) => Date.parse(text) >= 0),
  schema: z.object({ sqlite: z.array(z.string()), postgres: z.array(z.string()) }),
  books: z.array(bookHeader),
  tables: z.array(tableHeader),
});
export type Header = z.infer<typeof header>;

const trailer = z.object({ end: z.literal(FORMAT), sha256: z.string(), mac: z.string().optional() });
export type Trailer = Readonly<Pick<z.infer<typeof trailer>, 'sha256' | 'mac'>>;

/** Reads the first line; refuses what this version of the program cannot restore. */
export function parseHeader(line: string): Header {
  const found = z.object({ format: z.literal(FORMAT), version: z.int() }).safeParse(parseJson(line));
  if (!found.success) throw new BackupFault('not_a_backup');
  if (found.data.version > FORMAT_VERSION) throw new BackupFault('newer');
  const parsed = header.safeParse(parseJson(line));
  if (!parsed.success) throw new BackupFault('damaged', { what: 'header' });
  refuseOtherSchema(parsed.data);
  return parsed.data;
}

/** The line that opens a table. */
export function tableLine({ name }: Pick<TableShape, 'name'>): string {
  return JSON.stringify({ table: name });
}

export function parseRow(line: string): Cell[] {
  const parsed: unknown = parseJson(line);
  if (!isRow(parsed)) throw new BackupFault('damaged', { what: 'row' });
  return parsed;
}

/** The last line of a backup. */
export function trailerLine({ sha256, mac }: Trailer): string {
  return JSON.stringify({ end: FORMAT, sha256, mac });
}

export function parseTrailer(line: string): Trailer {
  const parsed = trailer.safeParse(parseJson(line));
  if (!parsed.success) throw new BackupFault('damaged', { what: 'trailer' });
  return parsed.data;
}

/** Checked without a zod schema, because there are millions of rows. */
function isRow(value: unknown): value is Cell[] {
  return Array.isArray(value) && value.every((cell) => cell === null || typeof cell !== 'object');
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * Refuses a schema that this program never had. It can restore a backup whose migrations are the first ones of its
 * own.
 */
function refuseOtherSchema({ schema }: Header): void {
  if (isOfTrial([...schema.sqlite, ...schema.postgres])) throw new BackupFault('trial');
  const ours = schemaHashes();
  for (const engine of ['sqlite', 'postgres'] as const) {
    const [theirs, own] = [schema[engine], ours[engine]];
    const common = Math.min(theirs.length, own.length);
    if (theirs.slice(0, common).some((hash, index) => hash !== own[index]))
      throw new BackupFault('other_schema');
    if (theirs.length > own.length) throw new BackupFault('newer');
  }
}
