import { z } from 'zod';
import { Refusal } from '../../shared/errors.ts';
import type { EntryRow, FactRow, LineRow, TextRow } from './journal-rows.ts';
import { hasFacts } from './seal.ts';

/**
 * A book as lines of JSON (docs/seal.md): the header, then one line for each entry, in number order. It has
 * everything that is sealed, and the free texts and facts with their salts, so that the book can be written anew with
 * the same hashes, or verified without this program.
 */
export const JOURNAL_FORMAT = 'jishan.journal';
/** Files are written in this version. One of version 1, whose entries have no facts, can still be read. */
export const JOURNAL_VERSION = 2;

const int = z.int();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const headerLine = z.object({
  format: z.literal(JOURNAL_FORMAT),
  version: z.int().min(1).max(JOURNAL_VERSION),
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
  factsDigest: hash.nullable().default(null),
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
  facts: z
    .array(
      z.object({
        name: z.string().max(64),
        ownerId: z.string().max(64).nullable(),
        value: z.string().nullable(),
        salt: z.string().nullable(),
        digest: hash,
      }),
    )
    .default([]),
});

export interface JournalEntry {
  readonly header: EntryRow;
  readonly lines: readonly LineRow[];
  readonly text: TextRow | null;
  readonly facts: readonly FactRow[];
}

export function headerToLine(header: Omit<JournalHeader, 'format' | 'version'>): string {
  const whole: JournalHeader = { format: JOURNAL_FORMAT, version: JOURNAL_VERSION, ...header };
  return `${JSON.stringify(whole)}\n`;
}

/** An entry of seal version 1 makes the same line as in a file of version 1. */
export function entryToLine({ header, lines, text, facts }: JournalEntry): string {
  const { lineCount: _, factsDigest: __, ...fields } = header;
  const short = lines.map(({ accountId, unit, amount, balanceAfter, effectiveThrough }) => ({
    accountId,
    unit,
    amount,
    balanceAfter,
    effectiveThrough,
  }));
  const words = text && { body: text.body, salt: text.salt };
  const entry = { ...fields, lines: short, text: words };
  if (!hasFacts(header.sealVersion)) return `${JSON.stringify(entry)}\n`;
  const named = facts.map(({ name, ownerId, value, salt, digest }) => ({
    name,
    ownerId,
    value,
    salt,
    digest,
  }));
  return `${JSON.stringify({ ...entry, factsDigest: header.factsDigest, facts: named })}\n`;
}

/** Parses the first line of a file. Throws Refusal for a file that is no journal, or one of another version. */
export function parseJournalHeader(line: string): JournalHeader {
  const found = z.object({ format: z.literal(JOURNAL_FORMAT), version: int }).safeParse(parseJson(line));
  if (!found.success) throw new Refusal('journal.unreadable', { line: 1 });
  if (found.data.version < 1 || found.data.version > JOURNAL_VERSION) {
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
  const { lines, text, facts, ...fields } = parsed.data;
  const { number, effectiveOn } = fields;
  return {
    header: { ...fields, lineCount: lines.length },
    lines: lines.map((one, index) => ({ number, line: index, ...one, effectiveOn })),
    text: text && { number, ...text },
    facts: facts.map((fact) => ({ number, ...fact })),
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
