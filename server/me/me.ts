import { and, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../db/index.ts';
import type { EntryKind } from '../../shared/ledger/entry-kinds.ts';
import type { meView, OwnLine, OwnRule } from '../../shared/me/contract.ts';
import { deedDrawing } from '../../shared/rules/deed-drawing.ts';
import { REPORT_KINDS, type ReportKind } from '../../shared/reports/states.ts';
import type { Rule } from '../../shared/rules/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { maskedName } from '../../shared/acts/program-words.ts';
import { businessDay } from '../../shared/business-day.ts';
import { lastRestoreMs } from '../acts/index.ts';
import { readVillage, type VillageContext } from '../http/index.ts';
import { helperOf } from '../identity/index.ts';
import {
  accountId,
  balance,
  balancesOf,
  passbook,
  passbookMonths,
  publicHead,
  searchPassbook,
} from '../ledger/index.ts';
import { heldAccount, householdAccount } from '../households/ledger-kinds.ts';
import { listRanked, type Popularity, shopShelf } from '../goods/index.ts';
import { ownRemindersToRead } from '../deductions/index.ts';
import { comingDeeds } from '../notices/index.ts';
import { askedIn } from '../proposals/index.ts';
import { phoneReports } from '../reports/index.ts';
import { listRules, mayBeReported, rulesToCome } from '../rules/index.ts';
import { withoutNetworkIn } from '../outbox/index.ts';
import { hasWorkdays } from '../workdays/index.ts';
import { witnessedIn } from '../witnesses.ts';
import { ownThings } from './things.ts';
import type { Own } from './deps.ts';
import { tellChanges, toldChange } from './changes.ts';
import { goalAmong } from './goal.ts';
import { drawingOfLine } from './line-drawing.ts';

type MeView = z.input<typeof meView>;

const FIRST_LINES = 20;

interface Today {
  readonly nowMs: number;
  readonly popularity: Popularity;
}

/** The first view of a household: its balance and the latest lines. */
export async function viewOwn(reader: Reader, own: Own, { nowMs, popularity }: Today): Promise<MeView> {
  const { villageId, householdId } = own;
  const village = await readVillage(reader, villageId);
  const household = await findOwn(reader, villageId, householdId);
  if (!village || !household) throw new Refusal('auth.session_ended');
  const account = householdAccount(householdId);
  const held = heldAccount(householdId);
  const points = await balancesOf(reader, villageId, [account, held]);
  const balance = points.get(accountId(account)) ?? 0;
  const { goalGoodsId, ...shown } = household;
  const months = await ownMonths(reader, own);
  const today = businessDay(nowMs, village.settings.timeZone);
  const ranks = await popularity.ranks(reader, villageId, today);
  const goods = await listRanked(reader, { villageId, ranks, enabledOnly: false, today });
  // Somebody who helps sees the passbook, and nothing that is for the household alone.
  const helper = await helperOf(reader, own, own.sessionId);
  const { items, next } = await ownPassbook(reader, own, {
    limit: FIRST_LINES,
    month: months.items[0]?.month,
  });
  return {
    village: { id: village.id, name: village.name },
    household: shown,
    balance,
    held: points.get(accountId(held)) ?? 0,
    hasNotices: village.settings.noticeDays !== null,
    reports: helper === null ? await phoneReports(reader, village, householdId) : null,
    coming: await comingDeeds(reader, { village, today }, householdId),
    reminders: helper === null ? await ownRemindersToRead(reader, { villageId, householdId, today }) : 0,
    hasWorkdays: helper === null && (await hasWorkdays(reader, { villageId, householdId, today })),
    things: await ownThings(reader, { villageId, householdId, today, balance, goods }),
    months,
    lines: items,
    next,
    goal: goalAmong(goods, goalGoodsId),
    changes: await tellChanges(reader, village, goods, { nowMs, today }),
    book: await publicHead(reader, villageId),
    restoredAtMs: await lastRestoreMs(reader, villageId),
    helper,
  };
}

/** Sums of the passbook by month. */
export function ownMonths(reader: Reader, { villageId, householdId }: Own, before?: string) {
  return passbookMonths(reader, villageId, householdAccount(householdId), before);
}

interface LinesWanted {
  readonly before?: string | undefined;
  readonly limit: number;
  readonly month?: string | undefined;
  readonly kind?: EntryKind | undefined;
  readonly q?: string | undefined;
}

/** The household's lines, newest first. The names of the people who booked them are masked. */
export async function ownPassbook(
  reader: Reader,
  { villageId, householdId, namesThen, witnessesOf }: Own,
  { q = '', ...page }: LinesWanted,
): Promise<{ items: OwnLine[]; next: string | null }> {
  const account = householdAccount(householdId);
  const word = q.toLowerCase();
  const fits = ({ text }: { text: { title: string; note: string } }) =>
    text.title.toLowerCase().includes(word) || text.note.toLowerCase().includes(word);
  const { lines, next } =
    word === ''
      ? await passbook(reader, villageId, account, page)
      : await searchPassbook(reader, villageId, account, { ...page, fits });
  const nameThen = await namesThen(reader, villageId);
  const nameOf = (id: string, number: number) => maskedName(id, nameThen(id, number)) ?? '';
  const witnessed = await witnessedIn({ reader, villageId, lines }, witnessesOf, nameOf);
  const withoutNetwork = await withoutNetworkIn(reader, villageId, lines);
  const asked = await askedIn(reader, villageId, lines);
  const items = lines.map(({ actorId, ...line }) => {
    const bookedBy = nameOf(actorId, line.number);
    const told = { witnessed: witnessed(line), ...withoutNetwork(line), ...asked(line) };
    return { ...line, bookedBy, ...told, drawing: drawingOfLine(line) };
  });
  return { items, next };
}

/** The goods of the shop, and which of them the balance suffices for. */
export async function goodsForOwn(
  reader: Reader,
  { villageId, householdId }: Own,
  ranks: ReadonlyMap<string, number>,
  today: string,
) {
  const points = await balance(reader, villageId, householdAccount(householdId));
  const items = await shopShelf(reader, villageId, ranks, today);
  return items.map(({ id, category, name, unit, price, pictureId, drawing, stock }) => ({
    id,
    category,
    name,
    unit,
    price,
    pictureId,
    drawing,
    available: stock === null || stock > 0,
    affordable: price <= points,
  }));
}

/** The rules that count now, in the order of the book. */
export async function rulesForOwn(
  reader: Reader,
  { id: villageId, settings: { phonesReport } }: Pick<VillageContext, 'id' | 'settings'>,
  today: string,
): Promise<{ items: OwnRule[]; announced: ReturnType<typeof toldChange>[] }> {
  const rules = await listRules(reader, villageId, today);
  const announced = await rulesToCome(reader, villageId, today);
  const kinds = phonesReport ? REPORT_KINDS : [];
  return {
    items: rules.filter(({ enabled }) => enabled).map((rule) => ownRuleOf(rule, kinds)),
    announced: announced.map(toldChange),
  };
}

/** Shows a rule with those of these kinds of reports that it is open to. */
function ownRuleOf(rule: Rule, kinds: readonly ReportKind[]): OwnRule {
  const { id, category, title, pointsMode, points, pointsMin, pointsMax, perUnit, options } = rule;
  const { limitText, caps, isFitForOld } = rule;
  return {
    ...{ id, category, title, pointsMode, points, pointsMin, pointsMax, perUnit, options },
    ...{ limitText, caps, isFitForOld },
    drawing: deedDrawing(title, category),
    reportedAs: kinds.filter((kind) => mayBeReported(rule, kind)),
  };
}

async function findOwn(
  reader: Reader,
  villageId: string,
  id: string,
): Promise<(MeView['household'] & { goalGoodsId: string | null }) | undefined> {
  const [row] = await reader.prepared(
    'public.ownHousehold',
    ({ db, t: { households } }) =>
      db
        .select({
          number: households.number,
          head: households.head,
          group: households.groupName,
          goalGoodsId: households.goalGoodsId,
        })
        .from(households)
        .where(
          and(
            eq(households.villageId, sql.placeholder('villageId')),
            eq(households.id, sql.placeholder('id')),
          ),
        ),
    { villageId, id },
  );
  return row;
}
