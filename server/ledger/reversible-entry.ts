import { aliasedTable, and, asc, eq, type SQL } from 'drizzle-orm';
import type { WrittenIn } from '../../db/index.ts';
import { type Answers, type Key, read, type Source } from '../commands/index.ts';
import { isAccountOf } from './account-number.ts';
import { RETURN_KIND } from './entry-kind.ts';
import { givenBackBy, isReversalOf } from './not-reversed.ts';
import { storedText } from './passbook.ts';

/** An entry as somebody who may take it back must know it. */
export interface ReversibleEntry {
  readonly number: number;
  readonly kind: string;
  /** The entry that took this one back, if any. */
  readonly reversedBy: number | null;
  /** The cause that it shares with the entries that give back a part of it. */
  readonly source: string | null;
  /** The first standing entry that gave back a part of it, if any. */
  readonly givenBackBy: number | null;
  /** Empty when the entry has no text any more. */
  readonly title: string;
  readonly lines: readonly { readonly accountId: string; readonly amount: number }[];
}

/** Lines, their accounts and the text come together with their entry. */
export const BESIDE_ENTRY = { postings: 'apart', accounts: 'apart', journalTexts: 'apart' } as const;

type Found = ReversibleEntry | undefined;
type Over = 'journal' | keyof typeof BESIDE_ENTRY;

/** The entry with this number. */
export const entryByNumber = read<readonly [number: number], Found>()({
  name: 'ledger.entryByNumber',
  over: {
    journal: (answers, { now }) => {
      answers.drop([now.number]);
      dropTakenBack(answers, now);
    },
    ...BESIDE_ENTRY,
  },
  rows: (source) =>
    rowsOfEntries(source, eq(source.t.journal.number, source.keys.part(0, source.t.journal.number))),
  answer: (rows) => entryFrom(rows),
});

/** Forgets the entries that were just reversed, or of which a part was just given back or taken again. */
export function dropTakenBack<K extends Key>(
  answers: Answers<K, Found>,
  row: WrittenIn<'journal'>['now'],
): void {
  if (takesBack(row)) answers.dropWhere((entry) => isTakenBack(entry, row));
}

/** Whether the row of the journal may change what is known of others. */
export function takesBack({ kind, reversesNumber }: WrittenIn<'journal'>['now']): boolean {
  return reversesNumber !== null || kind === RETURN_KIND;
}

/** Whether the row of the journal changes what is known of this entry. */
export function isTakenBack(
  entry: Found,
  { kind, source, reversesNumber }: WrittenIn<'journal'>['now'],
): boolean {
  if (entry === undefined) return false;
  if (reversesNumber !== null) return [entry.number, entry.givenBackBy].includes(reversesNumber);
  return kind === RETURN_KIND && entry.source === source;
}

/** Selects the rows of the entries for which this holds. It may compare them with a key. */
export function rowsOfEntries({ db, t, keys }: Source<Over>, which: SQL | undefined) {
  const { journal, postings, accounts, journalTexts } = t;
  const by = aliasedTable(journal, 'reversed_by');
  return db
    .select({
      at: keys.at,
      number: journal.number,
      kind: journal.kind,
      reversedBy: by.number,
      source: journal.source,
      givenBackBy: givenBackBy({ db, t }, journal).as('given_back_by'),
      body: journalTexts.body,
      accountId: accounts.id,
      amount: postings.amount,
    })
    .from(keys.table)
    .crossJoin(journal)
    .leftJoin(postings, and(eq(postings.villageId, journal.villageId), eq(postings.number, journal.number)))
    .leftJoin(accounts, isAccountOf(accounts, postings))
    .leftJoin(by, isReversalOf(by, journal))
    .leftJoin(
      journalTexts,
      and(eq(journalTexts.villageId, journal.villageId), eq(journalTexts.number, journal.number)),
    )
    .where(and(eq(journal.villageId, keys.villageId), which))
    .orderBy(asc(keys.at), asc(postings.line));
}

/** One line of an entry, with the entry's own columns; or an act, which has no line. */
export interface EntryRow extends Omit<ReversibleEntry, 'title' | 'lines'> {
  readonly body: string | null;
  readonly accountId: string | null;
  readonly amount: number | null;
}

/** Makes an entry of its lines, in their order; undefined of none. */
export function entryFrom(rows: readonly EntryRow[]): Found {
  const [first] = rows;
  if (!first) return undefined;
  const { number, kind, reversedBy, source, givenBackBy: givenBack, body } = first;
  const lines = rows.flatMap(({ accountId, amount }) =>
    accountId === null || amount === null ? [] : [{ accountId, amount }],
  );
  const { title } = storedText(body, true);
  return { number, kind, reversedBy, source, givenBackBy: givenBack, title, lines };
}
