import { and, asc, eq, inArray, type SQL } from 'drizzle-orm';
import { chunked, type Reader, type Tx } from '../../db/index.ts';
import type { Act } from '../../shared/acts/act.ts';
import { addDays } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import { areBandsSound } from '../../shared/rounds/result.ts';
import {
  type Band,
  fullMark,
  JUDGES_A_ROUND,
  JUDGES_LEAST,
  ROUND_DAYS_AWAY,
  ROUND_HOUSEHOLDS_MOST,
  type RoundItem,
} from '../../shared/rounds/states.ts';
import { isDeduction } from '../../shared/rules/worth.ts';
import { requireHouseholds } from '../households/index.ts';
import type { WriteContext } from '../http/index.ts';
import { refuseAdministrator, type TryAt, tryDeeds } from '../proposals/index.ts';
import { currentRules } from '../rules/index.ts';
import { findStaff } from '../staff/index.ts';
import { type Judge, possibleJudges } from './judges.ts';
import { deedUnder } from './outcome.ts';
import { bandText, itemText, readRounds, THING } from './told-rounds.ts';

interface Wanted {
  readonly name: string;
  readonly day: string;
  readonly ruleId: string;
  readonly items: readonly RoundItem[];
  readonly bands: readonly (Omit<Band, 'option'> & { readonly option?: string | undefined })[];
  readonly judgeIds: readonly string[];
  readonly groups: readonly string[];
  readonly householdIds: readonly string[];
}

interface Opened {
  readonly id: string;
  readonly number: number;
  readonly act: Act<'rounds.opened'>;
}

/**
 * Opens a round. Answers its number, and the act that tells of it. Refuses with round.day, round.households, round.judges,
 * round.kin, round.bands, round.not_award, proposal.administrator, and as proposing a deed does that its rule does not allow.
 */
export async function openRound(
  context: Pick<WriteContext, 'tx' | 'village' | 'actor' | 'today' | 'newId'>,
  wanted: Wanted,
): Promise<Opened> {
  const { tx, village, today, newId } = context;
  const { name, day, ruleId, items } = wanted;
  await tx.lockBook(village.id);
  // Closing it proposes awards, which an administrator leaves to others where there are people enough.
  refuseAdministrator(context);
  if (day < addDays(today, -ROUND_DAYS_AWAY) || day > addDays(today, ROUND_DAYS_AWAY))
    throw new Refusal('round.day', { most: ROUND_DAYS_AWAY });
  const bands = wanted.bands.map((band): Band => ({ ...band, option: band.option ?? null }));
  const full = fullMark(items);
  if (!areBandsSound(bands, full)) throw new Refusal('round.bands', { full });
  const households = await householdsIn(tx, village.id, wanted);
  if (households.length === 0 || households.length > ROUND_HOUSEHOLDS_MOST)
    throw new Refusal('round.households', { most: ROUND_HOUSEHOLDS_MOST, count: households.length });
  const judges = await judgesAmong(tx, village.id, wanted.judgeIds);
  refuseKin(households, judges);
  const rule = (await currentRules(tx, village.id, today)).find(({ id }) => id === ruleId);
  if (rule && isDeduction(rule)) throw new Refusal('round.not_award');
  await refuseWorthless(
    tx,
    { villageId: village.id, today, actorId: context.actor.id },
    { ...wanted, bands, householdId: households[0]?.id ?? '' },
  );
  const [last] = await readRounds(tx, village.id, { limit: 1 });
  const id = newId();
  const number = (last?.number ?? 0) + 1;
  const told = {
    ...{ number, name, day, rule: ruleId, ruleName: `${rule?.code ?? ''} ${rule?.title ?? ''}`.trim() },
    ...{ items: items.map(itemText), bands: bands.map(bandText), count: households.length },
    households: households.map((household) => household.id),
    judges: judges.map((judge) => judge.id),
  };
  return { id, number, act: { act: 'rounds.opened', on: `${THING}:${id}`, is: told } };
}

interface Visited {
  readonly id: string;
  readonly number: string;
}

/** The open households that were named or stand in a group that was, in the order of the village's list. */
async function householdsIn(
  tx: Tx,
  villageId: string,
  { groups, householdIds }: Pick<Wanted, 'groups' | 'householdIds'>,
): Promise<Visited[]> {
  await requireHouseholds(tx, villageId, householdIds);
  const { households } = tx.t;
  const found: (Visited & { readonly numberKey: string; readonly state: string })[] = [];
  const { id, number, numberKey, state } = households;
  const read = async (which: SQL | undefined) =>
    found.push(
      ...(await tx.db
        .select({ id, number, numberKey, state })
        .from(households)
        .where(and(eq(households.villageId, villageId), which))
        .orderBy(asc(numberKey))),
    );
  if (groups.length > 0)
    await read(and(inArray(households.groupName, [...groups]), eq(households.state, 'active')));
  for (const some of chunked(householdIds)) await read(inArray(id, [...some]));
  const closed = found.find((one) => one.state !== 'active');
  if (closed) throw new Refusal('household.closed', { number: closed.number });
  const byId = new Map(found.map((one) => [one.id, one]));
  return [...byId.values()].sort((a, b) => (a.numberKey < b.numberKey ? -1 : 1));
}

async function judgesAmong(reader: Reader, villageId: string, ids: readonly string[]): Promise<Judge[]> {
  for (const id of ids) await findStaff(reader, villageId, id);
  const possible = await possibleJudges(reader, villageId);
  const judges = [...new Set(ids)].flatMap((id) => possible.find((one) => one.id === id) ?? []);
  if (judges.length !== JUDGES_A_ROUND) throw new Refusal('round.judges');
  return judges;
}

/** Each household keeps enough judges who are not of the own family. */
function refuseKin(households: readonly Visited[], judges: readonly Judge[]): void {
  for (const { id, number } of households) {
    const fit = judges.filter(({ householdIds }) => !householdIds.includes(id));
    if (fit.length < JUDGES_LEAST) throw new Refusal('round.kin', { number });
  }
}

/** Each band must be something that the rule gives. Caps and days are looked at when the round is closed. */
async function refuseWorthless(
  tx: Tx,
  at: TryAt,
  {
    bands,
    householdId,
    ...round
  }: Pick<Wanted, 'ruleId' | 'name'> & { readonly bands: readonly Band[]; readonly householdId: string },
): Promise<void> {
  const deeds = bands.map((band) => ({
    ...{ householdId, ...deedUnder({ ...round, day: at.today }, band), note: '', judgedBy: [] },
  }));
  for (const deed of deeds) {
    const [tried] = await tryDeeds(tx, at, [deed]);
    const isCapped = tried?.refusal?.code === 'rule.cap_points' || tried?.refusal?.code === 'rule.cap_times';
    if (tried?.refusal && !isCapped) throw tried.refusal;
  }
}
