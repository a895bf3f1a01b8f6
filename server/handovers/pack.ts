import { and, asc, count, eq, inArray, isNull, sum } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import { WAITING } from '../../shared/changes/states.ts';
import type { FrozenHandover } from '../../shared/handovers/pack.ts';
import { OPEN_STATES, statesThat } from '../../shared/proposals/states.ts';
import { WEEK_DAYS } from '../../shared/signatures/documents.ts';
import type { VillageContext } from '../http/index.ts';
import { CNY, itemOf, POINT, runningBalances, trialBalance } from '../ledger/index.ts';
import { lastWeek, unsignedOpening } from '../signatures/index.ts';
import { countUnconfirmed, listStaff } from '../staff/index.ts';

export type HandedOver = Omit<
  FrozenHandover,
  ('kind' | 'villageId' | 'head' | 'from' | 'to') | ('startedBy' | 'startedAtMs' | 'changedOn' | 'dueOn')
>;

/** Reads everything that is handed over, as it is now. Keys that ended before `sinceMs` are left out. */
export async function readPack(
  reader: Reader,
  village: VillageContext,
  { today, sinceMs }: { readonly today: string; readonly sinceMs: number },
): Promise<HandedOver> {
  const held = await runningBalances(reader, village.id);
  const goods = await goodsOnShelf(reader, village.id, held);
  const totals = await trialBalance(reader, village.id);
  return {
    ...householdsIn(held, await countHouseholds(reader, village.id)),
    goods,
    stockCostFen: goods.reduce((total, { costFen }) => total + costFen, 0),
    money: totals
      .filter(({ unit }) => unit === CNY)
      .map(({ kind, positive, negative }) => ({ kind, fen: positive + negative })),
    open: await openMatters(reader, village, today),
    ...(await keysOf(reader, village.id, sinceMs)),
    sinceMs,
  };
}

type RunningBalance = Awaited<ReturnType<typeof runningBalances>>[number];
type Counted = Awaited<ReturnType<typeof countHouseholds>>;

function householdsIn(
  held: readonly RunningBalance[],
  { active, ended, pins }: Counted,
): Pick<HandedOver, 'households' | 'balances' | 'pins'> {
  const owners = new Map<string, { points: number; held: number }>();
  for (const { ownerId, unit, kind, balance } of held) {
    if (unit !== POINT || balance === 0) continue;
    const own = owners.get(ownerId) ?? { points: 0, held: 0 };
    owners.set(ownerId, kind === 'held' ? { ...own, held: balance } : { ...own, points: balance });
  }
  const balances = Array.from(owners, ([household, own]) => ({ household, ...own })).sort((one, other) =>
    one.household < other.household ? -1 : 1,
  );
  const total = (part: 'points' | 'held') => balances.reduce((all, one) => all + one[part], 0);
  return {
    households: {
      ...{ active, ended, withPoints: balances.filter(({ points }) => points !== 0).length },
      ...{ points: total('points'), held: total('held') },
    },
    balances,
    pins,
  };
}

async function countHouseholds({ db, t: { households } }: Reader, villageId: string) {
  const [row] = await db
    .select({ all: count(), pins: count(households.pinHash) })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.state, 'active')));
  const [every] = await db.select({ n: count() }).from(households).where(eq(households.villageId, villageId));
  const active = row?.all ?? 0;
  return { active, ended: (every?.n ?? 0) - active, pins: row?.pins ?? 0 };
}

async function goodsOnShelf(
  { db, t: { goods } }: Reader,
  villageId: string,
  held: readonly RunningBalance[],
): Promise<HandedOver['goods']> {
  const of = (kind: string) => held.filter((one) => one.kind === kind && one.balance !== 0);
  const pieces = new Map(of('shelf').map(({ unit, balance }) => [itemOf(unit), balance]));
  const cost = new Map(of('stock').map(({ ownerId, balance }) => [ownerId, balance]));
  const items = await db
    .select({ id: goods.id, name: goods.name, unit: goods.unit })
    .from(goods)
    .where(eq(goods.villageId, villageId))
    .orderBy(asc(goods.position), asc(goods.id));
  return items
    .filter(({ id }) => pieces.has(id) || cost.has(id))
    .map((item) => ({ ...item, pieces: pieces.get(item.id) ?? 0, costFen: cost.get(item.id) ?? 0 }));
}

async function openMatters(
  reader: Reader,
  village: VillageContext,
  today: string,
): Promise<HandedOver['open']> {
  const waiting = statesThat('isWaiting');
  const last = await lastWeek(reader, village.id);
  const weekDueOn = last && addDays(businessDay(last.signedAtMs, village.settings.timeZone), WEEK_DAYS);
  const { shifts, cards, changes } = reader.t;
  const [running] = await reader.db
    .select({ n: count() })
    .from(shifts)
    .where(and(eq(shifts.villageId, village.id), isNull(shifts.endedAtMs)));
  const [asked] = await reader.db
    .select({ n: count() })
    .from(changes)
    .where(and(eq(changes.villageId, village.id), eq(changes.state, WAITING)));
  const [unprinted] = await reader.db
    .select({ n: count() })
    .from(cards)
    .where(and(eq(cards.villageId, village.id), isNull(cards.revokedAtMs), isNull(cards.printedAtMs)));
  return {
    waiting: await tally(reader, village.id, waiting),
    returned: await tally(
      reader,
      village.id,
      OPEN_STATES.filter((state) => !waiting.includes(state)),
    ),
    openingDueOn: (await unsignedOpening(reader, village, today))?.dueOn ?? null,
    weekDueOn: weekDueOn !== null && weekDueOn < today ? weekDueOn : null,
    unconfirmed: await countUnconfirmed(reader, village.id),
    ...{ shifts: running?.n ?? 0, changes: asked?.n ?? 0, unprinted: unprinted?.n ?? 0 },
  };
}

async function tally(
  { db, t: { proposals } }: Reader,
  villageId: string,
  states: readonly (typeof OPEN_STATES)[number][],
): Promise<HandedOver['open']['waiting']> {
  const [row] = await db
    .select({ count: count(), points: sum(proposals.points).mapWith(Number) })
    .from(proposals)
    .where(and(eq(proposals.villageId, villageId), inArray(proposals.state, [...states])));
  return { count: row?.count ?? 0, points: row?.points ?? 0 };
}

/** Accounts, devices and cards: which are valid, and which ended since the last hand-over. */
async function keysOf(
  reader: Reader,
  villageId: string,
  sinceMs: number,
): Promise<Pick<HandedOver, 'staff' | 'volunteers' | 'kiosks' | 'cards'>> {
  const { volunteers, kiosks, cards } = reader.t;
  const counts = ({ endedAtMs }: { readonly endedAtMs: number | null }) =>
    endedAtMs === null || endedAtMs >= sinceMs;
  const people = await listStaff(reader, villageId);
  const helpers = await reader.db
    .select({ id: volunteers.id, issuedAtMs: volunteers.createdAtMs, endedAtMs: volunteers.disabledAtMs })
    .from(volunteers)
    .where(eq(volunteers.villageId, villageId))
    .orderBy(asc(volunteers.createdAtMs), asc(volunteers.id));
  const devices = await reader.db
    .select({
      ...{ id: kiosks.id, name: kiosks.name, issuedAtMs: kiosks.createdAtMs },
      ...{ pairedAtMs: kiosks.pairedAtMs, endedAtMs: kiosks.revokedAtMs },
    })
    .from(kiosks)
    .where(eq(kiosks.villageId, villageId))
    .orderBy(asc(kiosks.createdAtMs), asc(kiosks.id));
  const [all] = await reader.db
    .select({ n: count(), ended: count(cards.revokedAtMs) })
    .from(cards)
    .where(eq(cards.villageId, villageId));
  return {
    staff: people
      .map(({ id, roles, confirmedAtMs, createdAtMs, disabledAtMs }) => ({
        ...{ id, roles, isConfirmed: confirmedAtMs !== null },
        ...{ issuedAtMs: createdAtMs, endedAtMs: disabledAtMs },
      }))
      .filter(counts),
    volunteers: helpers.filter(counts),
    kiosks: devices.filter(counts),
    cards: { valid: (all?.n ?? 0) - (all?.ended ?? 0), ended: all?.ended ?? 0 },
  };
}
