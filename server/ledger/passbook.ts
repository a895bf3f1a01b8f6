import { aliasedTable, and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { keyTable, keyValues, type Reader } from '../../db/index.ts';
import type { EntryKind } from '../../shared/ledger/entry-kinds.ts';
import { Refusal } from '../../shared/errors.ts';
import { accountId, type AccountRef } from './account-kind.ts';
import { numberOf } from './account-number.ts';
import { isReversalOf } from './not-reversed.ts';

export interface StoredText {
  readonly title: string;
  readonly note: string;
  readonly erased: boolean;
}

export interface AccountLine {
  readonly number: number;
  readonly kind: EntryKind;
  readonly effectiveOn: string;
  readonly bookedAtMs: number;
  readonly actorId: string;
  readonly amount: number;
  readonly balanceAfter: number;
  readonly text: StoredText;
  readonly source: string | null;
  readonly reversesNumber: number | null;
  /** The entry that took this one back, if any. */
  readonly reversedBy: number | null;
  /** Asks for the lines before this one, when given as `before` of a page. */
  readonly cursor: string;
}

export interface PassbookPage {
  readonly before?: string | undefined;
  readonly limit: number;
  /** Only lines of this month (passbook-months.ts): "2026-05". */
  readonly month?: string | undefined;
  readonly kind?: EntryKind | undefined;
}

/**
 * Reads one page of an account's lines, newest first. `before` is the `next` of the page before it (keyset paging:
 * a page costs the same at any depth and does not shift when entries are added).
 */
export async function passbook(
  reader: Reader,
  villageId: string,
  account: AccountRef,
  page: PassbookPage,
): Promise<{ lines: AccountLine[]; next: string | null }> {
  const { kind, month, limit } = page;
  const before = page.before === undefined ? undefined : parseCursor(page.before);
  const asked = {
    isBefore: before !== undefined,
    isOfMonth: month !== undefined,
    isOfKind: kind !== undefined,
  };
  const rows = await reader.prepared(
    `ledger.passbook ${Object.values(asked).map(Number).join('')}`,
    (source) => pageOfLines(source, asked),
    {
      ...{ villageId, accountId: accountId(account), kind, limit: limit + 1 },
      ...{ from: `${month ?? ''}-01`, to: `${month ?? ''}-32` },
      ...{ through: before?.through, number: before?.number },
    },
  );
  const shown = rows.slice(0, limit);
  const lines = shown.map(({ body, textCommitment, effectiveThrough, ...row }) => ({
    ...row,
    kind: row.kind as EntryKind,
    text: storedText(body, textCommitment !== null),
    cursor: `${effectiveThrough}.${String(row.number)}`,
  }));
  return { lines, next: rows.length > limit ? (lines.at(-1)?.cursor ?? null) : null };
}

/** Reads the last lines of an account up to an entry, with it, newest first. None where the entry does not move it. */
export async function linesUpTo(
  reader: Reader,
  villageId: string,
  account: AccountRef,
  { entry, limit }: { readonly entry: number; readonly limit: number },
): Promise<AccountLine[]> {
  const { postings } = reader.t;
  const [found] = await reader.db
    .select({ through: postings.effectiveThrough })
    .from(postings)
    .where(
      and(
        eq(postings.villageId, villageId),
        eq(postings.number, entry),
        eq(postings.accountNumber, numberOf(reader, villageId, accountId(account))),
      ),
    );
  if (!found) return [];
  const before = `${found.through}.${String(entry + 1)}`;
  return (await passbook(reader, villageId, account, { before, limit })).lines;
}

interface AskedOfPage {
  readonly isBefore: boolean;
  readonly isOfMonth: boolean;
  readonly isOfKind: boolean;
}

/** The statement of a page: one for each way of asking, made once. */
function pageOfLines({ db, t }: Pick<Reader, 'db' | 't'>, { isBefore, isOfMonth, isOfKind }: AskedOfPage) {
  const { journal, postings, journalTexts } = t;
  const account = numberOf({ db, t }, sql.placeholder('villageId'), sql.placeholder('accountId'));
  const by = aliasedTable(journal, 'reversed_by');
  const given = (name: string) => sql.placeholder(name);
  const { number, effectiveThrough: through } = postings;
  const reversal = db.select({ number: by.number }).from(by).where(isReversalOf(by, journal));
  // A PostgreSQL without statistics takes a village for a handful of entries and compares each of them with each line.
  // The expression hides that it is the given village, so PostgreSQL looks each entry up by its number.
  const villageOfLine = sql`${postings.villageId} || ''`;
  const ofLine = (table: typeof journal | typeof journalTexts) =>
    and(eq(table.villageId, villageOfLine), eq(table.number, number));
  return (
    db
      .select({
        number,
        kind: journal.kind,
        effectiveOn: postings.effectiveOn,
        bookedAtMs: journal.bookedAtMs,
        actorId: journal.actorId,
        amount: postings.amount,
        balanceAfter: postings.balanceAfter,
        effectiveThrough: through,
        source: journal.source,
        reversesNumber: journal.reversesNumber,
        reversedBy: sql<number | null>`${reversal}`.mapWith(Number).as('reversed_by_number'),
        textCommitment: journal.textCommitment,
        body: journalTexts.body,
      })
      .from(postings)
      // SQLite keeps the order of a cross join: lines first, and not the village's entries.
      .crossJoin(journal)
      .leftJoin(journalTexts, ofLine(journalTexts))
      .where(
        and(
          ofLine(journal),
          eq(postings.villageId, given('villageId')),
          eq(postings.accountNumber, account),
          isOfKind ? eq(journal.kind, given('kind')) : undefined,
          isOfMonth ? and(gte(through, given('from')), lt(through, given('to'))) : undefined,
          // Day and number are compared as one, so that the index is entered at the cursor.
          isBefore ? sql`(${through}, ${number}) < (${given('through')}, ${given('number')})` : undefined,
        ),
      )
      .orderBy(desc(through), desc(number))
      .limit(given('limit'))
  );
}

/** Finds the reversals of these entries: the number of the reversing entry, by the number of the reversed one. */
export async function reversalsOf(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, number>> {
  if (numbers.length === 0) return new Map();
  const rows = await reader.prepared(
    'ledger.reversalsOf',
    ({ db, t: { journal } }) => {
      const keys = keyTable(reader.engine);
      return db
        .select({ number: journal.number, reverses: journal.reversesNumber })
        .from(keys.table)
        .crossJoin(journal)
        .where(
          and(
            eq(journal.villageId, keys.villageId),
            eq(journal.reversesNumber, keys.part(0, journal.reversesNumber)),
          ),
        );
    },
    keyValues(
      villageId,
      numbers.map((number) => [number]),
    ),
  );
  return new Map(rows.map((row) => [row.reverses ?? 0, row.number]));
}

/** The entries among these, a few thousand at most, that were not reversed. */
export async function withoutReversed<E extends { readonly number: number }>(
  reader: Reader,
  villageId: string,
  entries: readonly E[],
): Promise<E[]> {
  const numbers = entries.map(({ number }) => number);
  const reversed = await reversalsOf(reader, villageId, numbers);
  return entries.filter(({ number }) => !reversed.has(number));
}

/** Reads the stored free text of an entry. `hadText` tells an erased one from an entry that never had any. */
export function storedText(body: string | null, hadText: boolean): StoredText {
  if (body === null) return { title: '', note: '', erased: hadText };
  const { title, note } = JSON.parse(body) as { title: string; note: string };
  return { title, note, erased: false };
}

/** Refuses a cursor that does not parse: an empty page would say that there is nothing. */
function parseCursor(cursor: string): { through: string; number: number } {
  const [through = '', number = ''] = cursor.split('.');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(through) || !/^\d{1,15}$/.test(number))
    throw new Refusal('request.invalid');
  return { through, number: Number(number) };
}
