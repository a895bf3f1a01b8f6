import { and, asc, eq, inArray } from 'drizzle-orm';
import { chunked, type Reader, type RowOf } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { sha256 } from '../documents/index.ts';
import { type ContestedDeed, contestedDeeds } from '../proposals/index.ts';

export type ObjectionRow = RowOf<'objections'>;
export type ObjectionEvent = RowOf<'objectionEvents'>;

/** An objection with everything that decides about it. */
export interface KnownObjection {
  readonly row: ObjectionRow;
  readonly events: readonly ObjectionEvent[];
  readonly deed: ContestedDeed | undefined;
}

/** Finds an objection. Refuses with objection.not_found. */
export async function findObjection(reader: Reader, villageId: string, id: string): Promise<KnownObjection> {
  const { objections } = reader.t;
  const rows = await reader.db
    .select()
    .from(objections)
    .where(and(eq(objections.villageId, villageId), eq(objections.id, id)));
  const [found] = await knownObjections(reader, villageId, rows);
  if (!found) throw new Refusal('objection.not_found');
  return found;
}

/** Reads the steps and the deeds of these objections. */
export async function knownObjections(
  reader: Reader,
  villageId: string,
  rows: readonly ObjectionRow[],
): Promise<KnownObjection[]> {
  const deeds = await contestedDeeds(
    reader,
    villageId,
    rows.flatMap(({ proposalId }) => proposalId ?? []),
  );
  const events = await eventsOf(
    reader,
    villageId,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    ...{ row, events: events.get(row.id) ?? [] },
    deed: row.proposalId === null ? undefined : deeds.get(row.proposalId),
  }));
}

/** The steps of each of these objections, in their order. */
export async function eventsOf(
  { db, t: { objectionEvents } }: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, ObjectionEvent[]>> {
  const found: ObjectionEvent[] = [];
  for (const some of chunked(ids))
    found.push(
      ...(await db
        .select()
        .from(objectionEvents)
        .where(and(eq(objectionEvents.villageId, villageId), inArray(objectionEvents.objectionId, some)))
        .orderBy(asc(objectionEvents.objectionId), asc(objectionEvents.step))),
    );
  return Map.groupBy(found, ({ objectionId }) => objectionId);
}

/**
 * Binds an objection as it came to the act that tells of it. Without the salt, which an erasure takes, nobody can try out who
 * it was or what was said.
 */
export function sealOfObjection(row: Omit<ObjectionRow, 'state' | 'outcome' | 'dueOn' | 'answeredAtMs'>) {
  const { salt, number, kind, channel, proposalId, entryNumber, noticeId } = row;
  const what = [number, kind, channel, proposalId, entryNumber, noticeId];
  const by = [row.householdId, row.name, row.words, row.receivedBy, row.receivedAtMs];
  return salt === null ? null : sha256(`${salt}\n${JSON.stringify([...what, ...by])}`);
}

/** Binds a step to the act that tells of it. */
export function sealOfEvent({
  salt,
  step,
  fromState,
  toState,
  outcome,
  actorId,
  reason,
  atMs,
}: ObjectionEvent) {
  const parts = [step, fromState, toState, outcome, actorId, reason, atMs];
  return salt === null ? null : sha256(`${salt}\n${JSON.stringify(parts)}`);
}
