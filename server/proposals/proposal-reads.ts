import {
  aliasedTable,
  and,
  asc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNotNull,
  isNull,
  type SQL,
  sql,
} from 'drizzle-orm';
import { ownColumns, type RowOf } from '../../db/index.ts';
import { OPEN_STATES, statesThat } from '../../shared/proposals/states.ts';
import type { Cap } from '../../shared/rules/caps.ts';
import { read, type Source } from '../commands/index.ts';
import {
  type EntryRow,
  entryFrom,
  givenBackBy,
  isAccountOf,
  isReversalOf,
  isTakenBack,
  type ReversibleEntry,
  takesBack,
} from '../ledger/index.ts';
import { wordingOf } from '../rules/index.ts';
import { inOpenState } from './open-proposals.ts';

export type ProposalRow = RowOf<'proposals'>;

/** A proposal with everything that decides about it. */
export interface KnownProposal {
  readonly row: ProposalRow;
  /** Empty when it is about no deed. */
  readonly code: string;
  readonly wording: string;
  /** The category of the rule as it was when the deed was proposed; empty when it is about no deed. */
  readonly head: string;
  /** Code and wording, as the passbook shows them. */
  readonly title: string;
  /** The caps of the version it was made under. */
  readonly caps: readonly Cap[];
  /** That version and those that were written after it: one of them counts today. */
  readonly versions: readonly RuleCaps[];
  /** The number of the last step it took. */
  readonly lastStep: number;
  /** The entry that it would take back. */
  readonly reversed: ReversibleEntry | undefined;
}

interface RuleCaps {
  readonly version: number;
  readonly effectiveFrom: string;
  readonly caps: readonly Cap[];
}

/** The caps that the rule of a deed has on a day. */
export function capsOn({ caps, versions }: KnownProposal, day: string): readonly Cap[] {
  const come = versions.filter(({ effectiveFrom }) => effectiveFrom <= day);
  return (
    come.reduce<RuleCaps | null>((last, one) => (one.version < (last?.version ?? 0) ? last : one), null)
      ?.caps ?? caps
  );
}

// Commands write no rules. Steps come together with their proposal; lines, their accounts and texts with their entry.
const BESIDE = {
  rules: 'stale',
  ruleVersions: 'stale',
  proposalEvents: 'apart',
  postings: 'apart',
  accounts: 'apart',
  journalTexts: 'apart',
} as const;

type Over = 'proposals' | 'journal' | keyof typeof BESIDE;

export const proposalById = read<readonly [id: string], KnownProposal | undefined>()({
  name: 'proposals.byId',
  over: {
    ...BESIDE,
    proposals: (answers, { now }) => answers.drop([now.id]),
    journal(answers, { now }) {
      if (takesBack(now)) answers.dropWhere((known) => isTakenBack(known?.reversed, now));
    },
  },
  rows: (source) => rowsOf(source, eq(source.t.proposals.id, source.keys.part(0))),
  answer: (rows) => proposalsFrom(rows)[0],
});

/** The rows of a batch that can still move, in the order in which they were proposed. */
export const openOfBatch = read<readonly [batchId: string], readonly KnownProposal[]>()({
  name: 'proposals.openOfBatch',
  over: {
    ...BESIDE,
    proposals: (answers, { now }) => answers.drop([now.batchId]),
    journal(answers, { now }) {
      if (takesBack(now))
        answers.dropWhere((open) => open.some(({ reversed }) => isTakenBack(reversed, now)));
    },
  },
  rows: (source) => {
    const { batchId, state } = source.t.proposals;
    return rowsOf(source, and(eq(batchId, source.keys.part(0)), inArray(state, OPEN_STATES)));
  },
  answer: (rows) => proposalsFrom(rows),
});

/** Whether there is such a batch, open or not. */
export const batchExists = read<readonly [batchId: string], boolean>()({
  name: 'proposals.batchExists',
  over: { proposals: (answers, { now }) => answers.change([now.batchId], () => true) },
  rows: ({ db, t: { proposals }, keys }) => {
    const any = db
      .select({ id: proposals.id })
      .from(proposals)
      .where(and(eq(proposals.villageId, keys.villageId), eq(proposals.batchId, keys.part(0))))
      .limit(1);
    return db.select({ at: keys.at, id: sql<string | null>`${any}`.as('id') }).from(keys.table);
  },
  answer: ([found]) => (found?.id ?? null) !== null,
});

/** A proposal of a batch that was posted, with the number of its entry. */
export interface PostedRow {
  readonly id: string;
  readonly householdId: string;
  readonly number: number;
}

/** The rows of a batch that were posted, in the order in which they were proposed. */
export const postedOfBatch = read<readonly [batchId: string], readonly PostedRow[]>()({
  name: 'proposals.postedOfBatch',
  over: { proposals: (answers, { now }) => answers.drop([now.batchId]) },
  rows: ({ db, t: { proposals }, keys }) =>
    db
      .select({
        at: keys.at,
        id: proposals.id,
        householdId: proposals.householdId,
        number: proposals.journalNumber,
      })
      .from(keys.table)
      .crossJoin(proposals)
      .where(
        and(
          eq(proposals.villageId, keys.villageId),
          eq(proposals.batchId, keys.part(0)),
          isNotNull(proposals.journalNumber),
        ),
      ),
  answer: (rows) =>
    rows
      .flatMap(({ id, householdId, number }) => (number === null ? [] : [{ id, householdId, number }]))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
});

/** Waiting proposals to take back the entry with this number. */
export const waitingReversals = read<readonly [number: number], readonly string[]>()({
  name: 'proposals.waitingReversals',
  over: {
    proposals(answers, { now: { reversesNumber } }) {
      if (reversesNumber !== null) answers.drop([reversesNumber]);
    },
  },
  rows: ({ db, t: { proposals }, keys }) =>
    db
      .select({ at: keys.at, id: proposals.id })
      .from(keys.table)
      .crossJoin(proposals)
      .where(
        and(
          eq(proposals.villageId, keys.villageId),
          inOpenState(proposals, statesThat('isWaiting')),
          eq(proposals.reversesNumber, keys.part(0, proposals.reversesNumber)),
        ),
      ),
  answer: (rows) => rows.map(({ id }) => id),
});

/** The photos that deeds keep in use, by deed. One answer for the village, because no index leads from a photo to its deeds. */
export const keptPhotos = read<readonly [all: ''], readonly Pick<ProposalRow, 'id' | 'pictureIds'>[]>()({
  name: 'proposals.keptPhotos',
  over: { proposals: 'stale' },
  rows: ({ db, t: { proposals }, keys }) =>
    db
      .select({ at: keys.at, id: proposals.id, pictureIds: proposals.pictureIds })
      .from(keys.table)
      .crossJoin(proposals)
      .where(
        and(
          eq(proposals.villageId, keys.villageId),
          isNotNull(proposals.pictureIds),
          inArray(proposals.state, statesThat('keepsPhotos')),
        ),
      ),
  answer: (rows) => rows,
});

function rowsOf({ db, t, keys }: Source<Over>, which: SQL | undefined) {
  const { proposals, rules, ruleVersions, journal, postings, accounts, journalTexts, proposalEvents } = t;
  const since = aliasedTable(ruleVersions, 'since');
  const by = aliasedTable(journal, 'reversed_by');
  const ofEntry = (table: typeof postings | typeof journalTexts) =>
    and(eq(table.villageId, journal.villageId), eq(table.number, journal.number));
  const lastStep = db
    .select({ last: sql`max(${proposalEvents.step})` })
    .from(proposalEvents)
    .where(
      and(eq(proposalEvents.villageId, proposals.villageId), eq(proposalEvents.proposalId, proposals.id)),
    );
  return db
    .select({
      at: keys.at,
      ...getTableColumns(proposals),
      code: rules.code,
      wording: ruleVersions.title,
      head: ruleVersions.category,
      caps: ruleVersions.caps,
      sinceVersion: since.version,
      sinceFrom: since.effectiveFrom,
      sinceCaps: since.caps,
      lastStep: sql<number>`coalesce(${lastStep}, 0)`.mapWith(Number).as('last_step'),
      number: journal.number,
      entryKind: journal.kind,
      reversedBy: by.number,
      source: journal.source,
      givenBackBy: givenBackBy({ db, t: { journal } }, journal).as('given_back_by'),
      body: journalTexts.body,
      accountId: accounts.id,
      amount: postings.amount,
    })
    .from(keys.table)
    .crossJoin(proposals)
    .leftJoin(rules, and(eq(rules.villageId, proposals.villageId), eq(rules.id, proposals.ruleId)))
    .leftJoin(ruleVersions, wordingOf(proposals, ruleVersions))
    .leftJoin(
      since,
      and(
        eq(since.villageId, proposals.villageId),
        eq(since.ruleId, proposals.ruleId),
        gte(since.version, proposals.ruleVersion),
        isNull(since.withdrawnAtMs),
      ),
    )
    .leftJoin(
      journal,
      and(eq(journal.villageId, proposals.villageId), eq(journal.number, proposals.reversesNumber)),
    )
    .leftJoin(postings, ofEntry(postings))
    .leftJoin(accounts, isAccountOf(accounts, postings))
    .leftJoin(journalTexts, ofEntry(journalTexts))
    .leftJoin(by, isReversalOf(by, journal))
    .where(and(eq(proposals.villageId, keys.villageId), which))
    .orderBy(asc(keys.at), asc(proposals.id), asc(postings.line));
}

type FoundRow = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number];

function proposalsFrom(rows: readonly FoundRow[]): KnownProposal[] {
  return Array.from(Map.groupBy(rows, ({ id }) => id).values(), proposalFrom);
}

function proposalFrom(rows: readonly FoundRow[]): KnownProposal {
  const [first] = rows;
  if (!first) throw new Error('a proposal without a row');
  const { code, wording, head, lastStep, caps } = first;
  const lines = rows.flatMap(({ number, entryKind, accountId, amount, ...row }): EntryRow[] => {
    if (number === null || entryKind === null || accountId === null || amount === null) return [];
    const { reversedBy, source, givenBackBy: givenBack, body } = row;
    return [{ number, kind: entryKind, reversedBy, source, givenBackBy: givenBack, body, accountId, amount }];
  });
  return {
    row: ownColumns('proposals', first),
    code: code ?? '',
    wording: wording ?? '',
    head: head ?? '',
    title: `${code ?? ''} ${wording ?? ''}`.trim(),
    caps: caps ?? [],
    // Only a reversal has lines, and it is about no rule: each row is another version.
    versions: rows.flatMap(({ sinceVersion: version, sinceFrom: from, sinceCaps: those }) =>
      version === null || from === null || those === null
        ? []
        : [{ version, effectiveFrom: from, caps: those }],
    ),
    lastStep,
    reversed: entryFrom(lines),
  };
}
