import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../db/index.ts';
import { addDays, businessDay, firstOfMonth } from '../../shared/business-day.ts';
import type { Answer } from '../../shared/operation.ts';
import { NOTICES_ON_BOARD_MOST } from '../../shared/notices/states.ts';
import { PUBLIC_DAYS } from '../../shared/board/public-days.ts';
import type { Operations } from '../../shared/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { deedDrawing } from '../../shared/rules/deed-drawing.ts';
import { isAward } from '../../shared/rules/worth.ts';
import { isClearable } from '../../shared/texts/kinds.ts';
import { awardedHouseholds, type Deed, isJudged, publicDeeds, sameDeeds } from '../proposals/index.ts';
import { readVillage } from '../http/index.ts';
import { monthOf, publicHead, withoutReversed } from '../ledger/index.ts';
import { deliveredSince, type Popularity, shopShelf, thanksSince } from '../goods/index.ts';
import { piecesHandedOut } from '../kiosk/index.ts';
import { currentRules } from '../rules/index.ts';
import { noticesOnBoard, toldDeed } from '../notices/index.ts';
import { unsignedOpening } from '../signatures/index.ts';
import { type FindingsOf, findingsOf } from '../texts/index.ts';
import { movedThisMonth, peopleOf, shopCover } from '../village/index.ts';
import { upcomingWorkdays } from '../workdays/index.ts';

type BoardView = Answer<Operations['board.view']>;
type Shown<Part extends keyof BoardView> = z.input<Operations['board.view']['response']>[Part];

/** The board shows the deeds of this many days, and earlier ones until it has `DEEDS_AT_LEAST`. */
const WEEK_DAYS = 7;
const DEEDS_AT_LEAST = 6;
const DEEDS_AT_MOST = 30;
const RULES_AT_MOST = 8;
/** A week of a large village, where one deed of a thousand households is a thousand entries. */
const ENTRIES_AT_MOST = 1_500;

export async function listVillages(reader: Reader): Promise<Answer<Operations['board.villages']>['items']> {
  const { villages } = reader.t;
  return reader.db
    .select({ id: villages.id, name: villages.name, town: villages.town })
    .from(villages)
    .orderBy(asc(villages.createdAtMs), asc(villages.id));
}

/**
 * The public board: good deeds, the shop's goods, the month in figures. Names are masked unless the household agreed
 * to be named. Deductions, balances and reversed deeds are left out, and so is what was done under a rule that is private, and
 * every text that may not go public.
 */
export async function viewBoard(
  reader: Reader,
  { villageId, nowMs, popularity }: { villageId: string; nowMs: number; popularity: Popularity },
): Promise<BoardView> {
  const village = await readVillage(reader, villageId);
  if (!village) throw new Refusal('village.not_found', { id: villageId });
  const { id, name, town, settings } = village;
  const { coverRatioPercent } = await shopCover(reader, village);
  const today = businessDay(nowMs, settings.timeZone);
  const weekFrom = addDays(today, 1 - WEEK_DAYS);
  const deeds = await recentDeeds(reader, id, { today, timeZone: settings.timeZone });
  const goods = await shelf(reader, village.id, today, await popularity.ranks(reader, id, today));
  const rules = await waysToEarn(reader, { villageId: id, today }, deeds);
  const thanks = await thanksSince(reader, id, addDays(today, -PUBLIC_DAYS.thanks));
  const workdays = await upcomingWorkdays(reader, id, today);
  const people = await peopleOf(reader, village, nowMs);
  const found = await findingsOf(reader, id, [
    ...workdays.flatMap(wordsOfWorkday),
    ...[settings.shopHours, ...goods.flatMap(wordsOfGoods), ...rules.flatMap(wordsOfRule)],
    ...thanks.flatMap((one) => [one.donor, ...one.goods]),
  ]);
  return {
    village: { id, name, town, shopHours: found.of(settings.shopHours).length > 0 ? '' : settings.shopHours },
    goods: goods.filter((item) => found.of(...wordsOfGoods(item)).length === 0),
    deeds: shownDeeds(deeds, weekFrom),
    notices: await noticesOnBoard(
      reader,
      { village, hasSupervisor: people?.hasSupervisor ?? false, today, nowMs },
      { most: NOTICES_ON_BOARD_MOST, since: addDays(today, -PUBLIC_DAYS.notices) },
    ),
    workdays: workdays.filter((one) => found.of(...wordsOfWorkday(one)).length === 0),
    weekFrom,
    month: await monthInFigures(reader, id, today),
    rules: rules.filter((rule) => found.of(...wordsOfRule(rule)).length === 0).slice(0, RULES_AT_MOST),
    thanks: thanks.filter((one) => isFitThanks(one, found)),
    coverRatioPercent,
    book: await publicHead(reader, id),
    unsigned: await unsignedOf(reader, village, today),
    people,
  };
}

function wordsOfWorkday({ title, place }: Shown<'workdays'>[number]): readonly string[] {
  return [title, place];
}

function wordsOfGoods({ name, category }: Shown<'goods'>[number]): readonly string[] {
  return [name, category];
}

function wordsOfRule({ title, category, options }: Shown<'rules'>[number]): readonly string[] {
  return [title, category, ...options.map(({ name }) => name)];
}

/** A donor agreed to be named, and may be a society for the disabled: of the donor's name only numbers are looked for. */
function isFitThanks({ donor, goods }: Shown<'thanks'>[number], found: FindingsOf): boolean {
  return found.of(donor).every(({ kind }) => isClearable(kind)) && found.of(...goods).length === 0;
}

/** Says from when the opening of the books waits for a supervisor's signature. */
async function unsignedOf(
  reader: Reader,
  village: Parameters<typeof unsignedOpening>[1],
  today: string,
): Promise<Shown<'unsigned'>> {
  const waits = await unsignedOpening(reader, village, today);
  return waits && { openedOn: waits.openedOn, dueOn: waits.dueOn, isOverdue: waits.isOverdue };
}

async function shelf(
  reader: Reader,
  villageId: string,
  today: string,
  ranks: Awaited<ReturnType<Popularity['ranks']>>,
): Promise<Shown<'goods'>> {
  const goods = await shopShelf(reader, villageId, ranks, today);
  const delivered = await deliveredSince(reader, villageId, addDays(today, 1 - WEEK_DAYS));
  return goods.map((item) => ({
    id: item.id,
    category: item.category,
    name: item.name,
    unit: item.unit,
    price: item.price,
    pictureId: item.pictureId,
    drawing: item.drawing,
    available: item.stock === null || item.stock > 0,
    stock: item.stock,
    isNew: delivered.has(item.id),
  }));
}

type DayDeed = Deed & { readonly day: string; readonly bookedOn: string };

/** The same deed of one day is one line, however many households did it. */
function shownDeeds(deeds: readonly DayDeed[], weekFrom: string): Shown<'deeds'> {
  return sameDeeds(deeds)
    .filter(([{ bookedOn }], index) => bookedOn >= weekFrom || index < DEEDS_AT_LEAST)
    .slice(0, DEEDS_AT_MOST)
    .map((same) => ({ ...toldDeed(same), bookedOn: same[0].bookedOn }));
}

/**
 * Deeds by when they were booked, so that one of a day long ago is seen as well. Nothing older is read: a board costs the same
 * at any length of history.
 */
async function recentDeeds(
  reader: Reader,
  villageId: string,
  { today, timeZone }: { readonly today: string; readonly timeZone: string },
): Promise<DayDeed[]> {
  const earliest = addDays(today, -PUBLIC_DAYS.deeds);
  const entries = (await recentAwards(reader, villageId))
    .map((entry) => ({ ...entry, bookedOn: businessDay(entry.bookedAtMs, timeZone) }))
    .filter(({ bookedOn }) => bookedOn >= earliest);
  const standing = await withoutReversed(reader, villageId, entries);
  return (await publicDeeds(reader, { villageId, today }, standing)).deeds;
}

async function monthInFigures(reader: Reader, villageId: string, today: string): Promise<Shown<'month'>> {
  const from = firstOfMonth(today);
  const month = monthOf(today);
  return {
    households: (await awardedHouseholds(reader, villageId, month)).get(month) ?? 0,
    awarded: (await movedThisMonth(reader, villageId, today)).awardedThisMonth,
    pieces: await piecesHandedOut(reader, villageId, from),
  };
}

/** Rules that give points: those of the recent deeds first, then the rule book in its order. */
async function waysToEarn(
  reader: Reader,
  { villageId, today }: { readonly villageId: string; readonly today: string },
  deeds: readonly Deed[],
): Promise<Shown<'rules'>> {
  const uses = new Map<string, number>();
  for (const { ruleId } of deeds) if (ruleId !== null) uses.set(ruleId, (uses.get(ruleId) ?? 0) + 1);
  const rules = (await currentRules(reader, villageId, today)).filter(
    (rule) => rule.enabled && isAward(rule),
  );
  return rules
    .sort((a, b) => (uses.get(b.id) ?? 0) - (uses.get(a.id) ?? 0))
    .map(({ title, category, points, pointsMin, pointsMax, perUnit, options }) => ({
      ...{ title, category, drawing: deedDrawing(title, category) },
      ...{ points, pointsMin, pointsMax, perUnit, options },
    }));
}

interface AwardEntry {
  readonly number: number;
  readonly day: string;
  readonly bookedAtMs: number;
  readonly source: string | null;
}

/** The newest awards first, along the index of what moves points by judgement. */
async function recentAwards(reader: Reader, villageId: string): Promise<AwardEntry[]> {
  return reader.prepared(
    'public.recentAwards',
    ({ db, t: { journal } }) =>
      db
        .select({
          number: journal.number,
          day: journal.effectiveOn,
          bookedAtMs: journal.bookedAtMs,
          source: journal.source,
        })
        .from(journal)
        .where(
          and(
            eq(journal.villageId, sql.placeholder('villageId')),
            isJudged(journal.kind),
            eq(journal.kind, 'award'),
          ),
        )
        .orderBy(desc(journal.number))
        .limit(ENTRIES_AT_MOST),
    { villageId },
  );
}
