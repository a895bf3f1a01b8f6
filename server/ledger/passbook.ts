import { and, desc, eq, gte, inArray, lt, or } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import type { Tables } from '../../db/index.ts';
import type { EntryKind } from '../../shared/ledger/entry-kinds.ts';
import { Refusal } from '../../shared/errors.ts';
import { accountId, type AccountRef } from './account-kind.ts';

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
  const { journal, postings, journalTexts } = reader.t;
  const before = page.before === undefined ? undefined : parseCursor(page.before);
  const rows = await reader.db
    .select({
      number: postings.number,
      kind: journal.kind,
      effectiveOn: postings.effectiveOn,
      bookedAtMs: journal.bookedAtMs,
      actorId: journal.actorId,
      amount: postings.amount,
      balanceAfter: postings.balanceAfter,
      effectiveThrough: postings.effectiveThrough,
      source: journal.source,
      reversesNumber: journal.reversesNumber,
      textCommitment: journal.textCommitment,
      body: journalTexts.body,
    })
    .from(postings)
    .innerJoin(journal, and(eq(journal.villageId, postings.villageId), eq(journal.number, postings.number)))
    .leftJoin(
      journalTexts,
      and(eq(journalTexts.villageId, postings.villageId), eq(journalTexts.number, postings.number)),
    )
    .where(
      and(
        eq(postings.villageId, villageId),
        eq(postings.accountId, accountId(account)),
        page.kind === undefined ? undefined : eq(journal.kind, page.kind),
        inMonth(postings.effectiveThrough, page.month),
        before &&
          or(
            lt(postings.effectiveThrough, before.through),
            and(eq(postings.effectiveThrough, before.through), lt(postings.number, before.number)),
          ),
      ),
    )
    .orderBy(desc(postings.effectiveThrough), desc(postings.number))
    .limit(page.limit + 1);
  const shown = rows.slice(0, page.limit);
  const reversedBy = await reversalsOf(
    reader,
    villageId,
    shown.map((row) => row.number),
  );
  const lines = shown.map(({ body, textCommitment, effectiveThrough, ...row }) => ({
    ...row,
    kind: row.kind as EntryKind,
    text: storedText(body, textCommitment !== null),
    reversedBy: reversedBy.get(row.number) ?? null,
    cursor: `${effectiveThrough}.${String(row.number)}`,
  }));
  return { lines, next: rows.length > page.limit ? (lines.at(-1)?.cursor ?? null) : null };
}

function inMonth(through: Tables['postings']['effectiveThrough'], month: string | undefined) {
  return month === undefined ? undefined : and(gte(through, `${month}-01`), lt(through, `${month}-32`));
}

/** Finds the reversals of these entries: the number of the reversing entry, by the number of the reversed one. */
export async function reversalsOf(
  reader: Reader,
  villageId: string,
  numbers: readonly number[],
): Promise<Map<number, number>> {
  if (numbers.length === 0) return new Map();
  const { journal } = reader.t;
  const rows = await reader.db
    .select({ number: journal.number, reverses: journal.reversesNumber })
    .from(journal)
    .where(and(eq(journal.villageId, villageId), inArray(journal.reversesNumber, [...numbers])));
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
