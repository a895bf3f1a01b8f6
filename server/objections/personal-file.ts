import { and, asc, eq } from 'drizzle-orm';
import {
  OBJECTION_KIND_WORDS,
  OBJECTION_STATE_WORDS,
  OBJECTION_STEP_TITLES,
  OBJECTION_TITLES,
  OBJECTIONS_ABOUT_PART,
  OBJECTIONS_PART,
  OUTCOME_WORDS,
} from '../../shared/objections/personal-file-words.ts';
import type { FilePart, FileSubject } from '../define-module.ts';
import { titled } from '../personal-part.ts';
import { type KnownObjection, knownObjections } from './objection-row.ts';

/** Objections that came by the household's phones; and those to its own deeds, without who made them and what they wrote. */
export async function objectionsFile(subject: FileSubject): Promise<readonly FilePart[]> {
  const { reader, villageId, householdId } = subject;
  const { objections, proposals } = reader.t;
  const own = await reader.db
    .select()
    .from(objections)
    .where(and(eq(objections.villageId, villageId), eq(objections.householdId, householdId)))
    .orderBy(asc(objections.id));
  const about = await reader.db
    .select({ row: objections })
    .from(objections)
    .innerJoin(
      proposals,
      and(eq(proposals.villageId, objections.villageId), eq(proposals.id, objections.proposalId)),
    )
    .where(and(eq(objections.villageId, villageId), eq(proposals.householdId, householdId)))
    .orderBy(asc(objections.id));
  const others = about.flatMap(({ row }) => (row.householdId === householdId ? [] : row));
  return [
    [
      OBJECTIONS_PART,
      (await knownObjections(reader, villageId, own)).map((one) => toldOf(one, subject, true)),
    ],
    [
      OBJECTIONS_ABOUT_PART,
      (await knownObjections(reader, villageId, others)).map((one) => toldOf(one, subject, false)),
    ],
  ];
}

function toldOf({ row, events, deed }: KnownObjection, { moment }: FileSubject, isOwn: boolean) {
  return titled(OBJECTION_TITLES, {
    number: row.number,
    kind: OBJECTION_KIND_WORDS[row.kind],
    state: OBJECTION_STATE_WORDS[row.state],
    deed: deed?.title ?? null,
    entry: row.entryNumber,
    ...(isOwn ? { words: row.words, name: row.name } : {}),
    received: moment(row.receivedAtMs),
    due: row.dueOn,
    steps: events.map(({ toState, outcome, reason, atMs }) =>
      titled(OBJECTION_STEP_TITLES, {
        state: OBJECTION_STATE_WORDS[toState],
        outcome: outcome === null ? null : OUTCOME_WORDS[outcome],
        // An appeal is in the objector's own words.
        reason: isOwn || toState !== 'appealed' ? reason : null,
        at: moment(atMs),
      }),
    ),
  });
}
