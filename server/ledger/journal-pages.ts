/** A book's rows by the page, in the order of their keys: for a walk along all of it. */
import { and, type Column, eq, gt, gte, or, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { missingAccount } from './account-number.ts';
import type { EntryRow, FactRow, LineRow, MonthRow, TextRow } from './journal-rows.ts';

/** Reads headers in number order, after the one given. */
export function readEntries(
  reader: Reader,
  villageId: string,
  after: EntryRow | null,
  limit: number,
): Promise<EntryRow[]> {
  return reader.bareRows(
    nameOf('entries', after),
    ({ t: { journal: j } }) => ({
      columns: [
        ...([j.number, j.kind, j.effectiveOn, j.bookedAtMs, j.idempotencyKey, j.inputHash] as const),
        ...([j.actorId, j.source, j.reversesNumber, j.resolvesNumber, j.textCommitment] as const),
        ...([j.factsDigest, j.lineCount, j.sealVersion, j.previousHash, j.hash] as const),
      ],
      from: j,
      where: ofVillage(j, after && gt(j.number, sql.placeholder('number'))),
      orderBy: [j.number],
    }),
    { villageId, number: after?.number, limit },
    (row) => ({
      number: row[0],
      kind: row[1],
      effectiveOn: row[2],
      bookedAtMs: row[3],
      idempotencyKey: row[4],
      inputHash: row[5],
      actorId: row[6],
      source: row[7],
      reversesNumber: row[8],
      resolvesNumber: row[9],
      textCommitment: row[10],
      factsDigest: row[11],
      lineCount: row[12],
      sealVersion: row[13],
      previousHash: row[14],
      hash: row[15],
    }),
  );
}

/** An account as its lines are sealed with it. */
export type NumberedAccounts = ReadonlyMap<number, { readonly id: string; readonly unit: string }>;

/** Reads lines in the order of their entries, after the one given. */
export function readLines(
  reader: Reader,
  villageId: string,
  after: LineRow | null,
  limit: number,
  accounts: NumberedAccounts,
): Promise<LineRow[]> {
  return reader.bareRows(
    nameOf('lines', after),
    ({ t: { postings: p } }) => ({
      columns: [
        p.number,
        p.line,
        p.accountNumber,
        p.amount,
        p.balanceAfter,
        p.effectiveOn,
        p.effectiveThrough,
      ],
      from: p,
      where: ofVillage(p, after && isAfter(p.number, p.line, 'line')),
      orderBy: [p.number, p.line],
    }),
    { villageId, number: after?.number, line: after?.line, limit },
    (row) => {
      const account = accounts.get(row[2]);
      return {
        number: row[0],
        line: row[1],
        accountId: account?.id ?? missingAccount(row[2]),
        unit: account?.unit ?? '',
        amount: row[3],
        balanceAfter: row[4],
        effectiveOn: row[5],
        effectiveThrough: row[6],
      };
    },
  );
}

/** Reads free texts in number order, after the one given. */
export function readTexts(
  reader: Reader,
  villageId: string,
  after: TextRow | null,
  limit: number,
): Promise<TextRow[]> {
  return reader.bareRows(
    nameOf('texts', after),
    ({ t: { journalTexts: x } }) => ({
      columns: [x.number, x.body, x.salt],
      from: x,
      where: ofVillage(x, after && gt(x.number, sql.placeholder('number'))),
      orderBy: [x.number],
    }),
    { villageId, number: after?.number, limit },
    ([number, body, salt]) => ({ number, body, salt }),
  );
}

/** Reads facts in the order of their entries and names, after the one given. */
export function readFacts(
  reader: Reader,
  villageId: string,
  after: FactRow | null,
  limit: number,
): Promise<FactRow[]> {
  return reader.bareRows(
    nameOf('facts', after),
    ({ t: { journalFacts: f } }) => ({
      columns: [f.number, f.name, f.ownerId, f.value, f.salt, f.digest],
      from: f,
      where: ofVillage(f, after && isAfter(f.number, f.name, 'name')),
      orderBy: [f.number, f.name],
    }),
    { villageId, number: after?.number, name: after?.name, limit },
    ([number, name, ownerId, value, salt, digest]) => ({
      ...{ number, name, ownerId, value, salt, digest },
    }),
  );
}

/** Reads sums of months in the order of their key, after the one given. */
export function readMonths(
  reader: Reader,
  villageId: string,
  after: MonthRow | null,
  limit: number,
): Promise<MonthRow[]> {
  return reader.bareRows(
    nameOf('months', after),
    ({ t: { accountMonths: m } }) => {
      const place = sql`(${sql.placeholder('month')}, ${sql.placeholder('accountNumber')})`;
      return {
        columns: [m.month, m.accountNumber, m.amount],
        from: m,
        where: ofVillage(m, after && sql`(${m.month}, ${m.accountNumber}) > ${place}`),
        orderBy: [m.month, m.accountNumber],
      };
    },
    { villageId, month: after?.month, accountNumber: after?.accountNumber, limit },
    ([month, accountNumber, amount]) => ({ month, accountNumber, amount }),
  );
}

function nameOf(what: string, after: object | null): string {
  return `ledger.pages.${what}.${after === null ? 'first' : 'next'}`;
}

function ofVillage(table: { readonly villageId: Column }, more: SQL | null | undefined): SQL | undefined {
  return and(eq(table.villageId, sql.placeholder('villageId')), more ?? undefined);
}

/** The first condition lets the index start at the right place; the second leaves out rows that were read before. */
function isAfter(number: Column, second: Column, name: string): SQL | undefined {
  return and(
    gte(number, sql.placeholder('number')),
    or(gt(number, sql.placeholder('number')), gt(second, sql.placeholder(name))),
  );
}
