import { and, desc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import { type OwnObjection, OWN_MOST } from '../../shared/objections/own-contract.ts';
import { OBJECTION_TRANSITIONS } from '../../shared/objections/states.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { standing } from './list.ts';
import { type KnownObjection, knownObjections } from './objection-row.ts';
import { appealUntil } from './take-step.ts';

interface At {
  readonly village: VillageContext;
  readonly actor: Pick<Actor, 'id'>;
  readonly today: string;
}

/** The latest objections, suggestions and complaints that came by a household's phones. */
export async function ownObjections(reader: Reader, at: At): Promise<OwnObjection[]> {
  const { objections } = reader.t;
  const rows = await reader.db
    .select()
    .from(objections)
    .where(and(eq(objections.villageId, at.village.id), eq(objections.householdId, at.actor.id)))
    .orderBy(desc(objections.id))
    .limit(OWN_MOST);
  const known = await knownObjections(reader, at.village.id, rows);
  return known.map((one) => shownToOwn(one, at));
}

function shownToOwn(known: KnownObjection, { village, today }: At): OwnObjection {
  const { row, deed } = known;
  const { id, number, kind, words, state, outcome, receivedAtMs, dueOn } = row;
  const until = appealUntil(row, village);
  return {
    ...{ id, number, kind, words, state, outcome, dueOn },
    deed: deed
      ? {
          ...{ proposalId: deed.row.id, title: deed.title, day: deed.row.effectiveOn },
          ...{ points: deed.row.points, entry: deed.row.journalNumber },
        }
      : null,
    reason: outcome === null ? null : lastReason(known, OBJECTION_TRANSITIONS.answer.to),
    judgement: lastReason(known, OBJECTION_TRANSITIONS.stand.to),
    township:
      lastReason(known, OBJECTION_TRANSITIONS.confirm.to) ??
      lastReason(known, OBJECTION_TRANSITIONS.overrule.to),
    receivedOn: businessDay(receivedAtMs, village.settings.timeZone),
    standing: standing(row, today),
    mayWithdraw: state === OBJECTION_TRANSITIONS.withdraw.from,
    appealUntil: until !== null && today <= until ? until : null,
  };
}

function lastReason({ events }: KnownObjection, to: KnownObjection['row']['state']): string | null {
  return events.findLast(({ toState }) => toState === to)?.reason ?? null;
}
