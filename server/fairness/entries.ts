import type { Reader } from '../../db/index.ts';
import type { Operations } from '../../shared/contract.ts';
import { type Figure, WITHOUT } from '../../shared/fairness/figures.ts';
import type { Answer } from '../../shared/operation.ts';
import { bookerNames } from '../books/index.ts';
import { householdNames } from '../households/index.ts';
import { entryTitles } from '../ledger/index.ts';
import { type DeedEntry, deedEntries } from './deed-entries.ts';
import { bookedIn, stretchOf, type StretchQuery, type Village } from './stretch.ts';

type Entries = Answer<Operations['fairness.entries']>;

interface EntriesQuery extends StretchQuery {
  readonly figure?: Figure | undefined;
  readonly group?: string | undefined;
  readonly ruleId?: string | undefined;
  readonly proposerId?: string | undefined;
  readonly approverId?: string | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
}

/**
 * Lists the entries behind a figure, newest first. They come of the same reading as the figures, so that the two cannot
 * differ.
 */
export async function entriesBehind(
  reader: Reader,
  village: Village,
  { today, ...query }: EntriesQuery & { readonly today: string },
): Promise<Entries> {
  const { id: villageId } = village;
  const stretch = stretchOf(today, query);
  const all = await deedEntries(reader, villageId, await bookedIn(reader, village, stretch));
  const households = await householdNames(
    reader,
    villageId,
    Array.from(new Set(all.map(({ householdId }) => householdId))),
  );
  const groupOf = ({ householdId }: DeedEntry) => households.get(householdId)?.group ?? '';
  const wanted = all.filter((entry) => fits(entry, groupOf(entry), query)).reverse();
  const { before = Infinity, limit } = query;
  const rest = wanted.filter(({ number }) => number < before);
  const page = rest.slice(0, limit);
  const names = await bookerNames(reader, villageId);
  const titles = await entryTitles(
    reader,
    villageId,
    page.map(({ number }) => number),
  );
  return {
    ...stretch,
    count: wanted.length,
    points: wanted.reduce((sum, { points }) => sum + points, 0),
    items: page.map(
      ({ number, figure, day, householdId, points, proposedBy, approvedBy, reversesNumber }) => {
        const { head = '', group = '', number: householdNumber = '' } = households.get(householdId) ?? {};
        return {
          ...{ number, figure, day, points, reversesNumber },
          title: titles.get(number) ?? '',
          household: { id: householdId, number: householdNumber, head, group },
          proposedBy: names.get(proposedBy ?? '') ?? '',
          approvedBy: names.get(approvedBy ?? '') ?? '',
        };
      },
    ),
    next: rest.length > page.length ? (page.at(-1)?.number ?? null) : null,
  };
}

function fits(entry: DeedEntry, group: string, query: EntriesQuery): boolean {
  return (
    (query.figure === undefined || query.figure === entry.figure) &&
    isWanted(query.group, group) &&
    isWanted(query.ruleId, entry.ruleId) &&
    isWanted(query.proposerId, entry.proposedBy) &&
    isWanted(query.approverId, entry.approvedBy)
  );
}

function isWanted(wanted: string | undefined, value: string | null): boolean {
  if (wanted === undefined || wanted === value) return true;
  return wanted === WITHOUT && (value ?? '') === '';
}
