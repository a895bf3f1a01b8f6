import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import { type OwnReport, OWN_REPORTS_MOST } from '../../shared/reports/own-contract.ts';
import { NO_WORDS } from '../../shared/rules/caps.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { capStanding } from '../proposals/index.ts';
import { boardName } from './find-helper.ts';
import { type KnownReport, knownReports } from './report-row.ts';

interface At {
  readonly village: VillageContext;
  readonly actor: Pick<Actor, 'id'>;
  readonly today: string;
}

/** The latest reports that came by a household's phones. */
export async function ownReports(reader: Reader, at: At): Promise<OwnReport[]> {
  const { reports } = reader.t;
  const rows = await reader.db
    .select()
    .from(reports)
    .where(and(eq(reports.villageId, at.village.id), eq(reports.reporterId, at.actor.id)))
    .orderBy(desc(reports.id))
    .limit(OWN_REPORTS_MOST);
  const known = await knownReports(reader, at.village.id, rows);
  const helpers = rows.flatMap(({ kind, householdId }) => (kind === 'helped' ? [householdId] : []));
  const names = await boardNames(reader, at.village.id, helpers);
  return known.map((one) => shownToOwn(one, at, names));
}

/** The reporter's phone is told how far the deed of another household has come, and nothing of its points. */
function shownToOwn(
  { row, rule, household, proposal }: KnownReport,
  { village }: At,
  names: ReadonlyMap<string, string>,
): OwnReport {
  const { id, number, kind, effectiveOn: day, words, state, reason } = row;
  const isOwn = kind === 'own';
  return {
    ...{ id, number, kind, title: rule.title, day, words, state },
    reportedOn: businessDay(row.reportedAtMs, village.settings.timeZone),
    helper: isOwn ? null : { number: household?.number ?? '', name: names.get(row.householdId) ?? '' },
    reason: state === 'not_accepted' ? reason : null,
    proposal: proposal
      ? {
          ...{ state: proposal.state, isReversed: proposal.isReversed },
          isAnnounced: proposal.noticeId !== null,
          points: isOwn ? proposal.points : null,
          entry: isOwn ? proposal.journalNumber : null,
        }
      : null,
  };
}

async function boardNames(
  { db, t: { households } }: Reader,
  villageId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { id, head, showsName } = households;
  const rows = await db
    .select({ id, head, showsName })
    .from(households)
    .where(and(eq(households.villageId, villageId), inArray(id, [...ids])));
  return new Map(rows.map((row) => [row.id, boardName(row)]));
}

/** Counts what stands for a household under those caps of a rule that count all its deeds, in the period of this day. */
export async function ownStanding(
  reader: Reader,
  { village, actor, today }: At,
  { ruleId, day }: { readonly ruleId: string; readonly day: string },
) {
  const asked = { ruleId, effectiveOn: day, householdIds: [actor.id], today, ...NO_WORDS };
  const { caps, items } = await capStanding(reader, village.id, asked);
  const [own] = items;
  return {
    caps: caps.flatMap((cap, index) => {
      if (cap.scope !== 'household') return [];
      const { times, points } = own?.uses[index] ?? { times: 0, points: 0 };
      return [{ ...cap, used: { times, points } }];
    }),
  };
}
