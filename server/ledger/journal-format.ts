import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';
import type { EntryRow, LineRow, TextRow } from './journal-rows.ts';

/**
 * A book as lines of JSON (docs/seal.md): the header, then one line for each entry, in number order. It has
 * everything that is sealed, and the free texts with their salts, so that the book can be written anew with the
 * same hashes, or verified without this program.
 */
export const JOURNAL_FORMAT = 'jishan.journal';
export const JOURNAL_VERSION = 1;

const int = z.int();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const headerLine = z.object({
  format: z.literal(JOURNAL_FORMAT),
  version: z.literal(JOURNAL_VERSION),
  bookId: z.string().min(1).max(64),
  head: z.object({ number: int.min(0), hash }),
  village: z.object({ name: z.string(), town: z.string() }).nullable(),
  accounts: z.array(z.string().max(200)),
});
export type JournalHeader = z.infer<typeof headerLine>;

const entryLine = z.object({
  number: int.min(1),
  kind: z.string(),
  effectiveOn: day,
  bookedAtMs: int,
  idempotencyKey: z.string().max(200),
  inputHash: hash,
  actorId: z.string().max(64),
  source: z.string().nullable(),
  reversesNumber: int.nullable(),
  resolvesNumber: int.nullable(),
  textCommitment: hash.nullable(),
  sealVersion: int,
  previousHash: hash,
  hash,
  lines: z.array(
    z.object({
      accountId: z.string(),
      unit: z.string(),
      amount: int,
      balanceAfter: int,
      effectiveThrough: day,
    }),
  ),
  text: z.object({ body: z.string().nullable(), salt: z.string().nullable() }).nullable(),
});

export interface JournalEntry {
  readonly header: EntryRow;
  readonly lines: readonly LineRow[];
  readonly text: TextRow | null;
}

export function headerToLine(header: Omit<JournalHeader, 'format' | 'version'>): string {
  const whole: JournalHeader = { format: JOURNAL_FORMAT, version: JOURNAL_VERSION, ...header };
  return `${JSON.stringify(whole)}\n`;
}

export function entryToLine({ header, lines, text }: JournalEntry): string {
  const { lineCount: _, ...fields } = header;
  const short = lines.map(({ accountId, unit, amount, balanceAfter, effectiveThrough }) => ({
    accountId,
    unit,
    amount,
    balanceAfter,
    effectiveThrough,
  }));
  const words = text && { body: text.body, salt: text.salt };
  return `${JSON.stringify({ ...fields, lines: short, text: words })}\n`;
}

/** Parses the first line of a file. Throws Refusal for a file that is no journal, or one of another version. */
export function parseJournalHeader(line: string): JournalHeader {
  const found = z.object({ format: z.literal(JOURNAL_FORMAT), version: int }).safeParse(parseJson(line));
  if (!found.success) throw new Refusal('journal.unreadable', { line: 1 });
  if (found.data.version !== JOURNAL_VERSION) {
    throw new Refusal('journal.version', { version: found.data.version, known: JOURNAL_VERSION });
  }
  const parsed = headerLine.safeParse(parseJson(line));
  if (!parsed.success) throw new Refusal('journal.unreadable', { line: 1 });
  return parsed.data;
}

/** Parses one entry's line; null when it is none. */
export function parseJournalEntry(line: string): JournalEntry | null {
  const parsed = entryLine.safeParse(parseJson(line));
  if (!parsed.success) return null;
  const { lines, text, ...fields } = parsed.data;
  const { number, effectiveOn } = fields;
  return {
    header: { ...fields, lineCount: lines.length },
    lines: lines.map((one, index) => ({ number, line: index, ...one, effectiveOn })),
    text: text && { number, ...text },
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
