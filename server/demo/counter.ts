import { cardOf } from '../cards/index.ts';
import { askNow } from '../commands/index.ts';
import { accountId, balancesOf } from '../ledger/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { type KioskAt, type Recognised, redeem, undoRedemption } from '../kiosk/index.ts';
import { run, type StoryHousehold, workOf, type World } from './world.ts';
import type { Storeroom, StoryGoods } from './storeroom.ts';

/** The volunteer's shift at the kiosk. */
export interface Counter {
  readonly kioskId: string;
  readonly shiftId: string;
  readonly volunteerId: string;
}

interface Picked {
  readonly goods: StoryGoods;
  readonly quantity: number;
}

const LEAST_BALANCE = 600;
const MINUTES_OPEN = 8 * 60;

/** Opens the shop once: this many households come by and choose goods that their points pay for. */
export async function serve(
  world: World,
  counter: Counter,
  storeroom: Storeroom,
  visitors: number,
): Promise<void> {
  const { dice, clock, households } = world;
  const balances = await balancesNow(world);
  const able = households.filter(({ id }) => (balances.get(id) ?? 0) >= LEAST_BALANCE);
  const everySeconds = Math.floor((MINUTES_OPEN * 60) / (visitors + 1));
  for (const household of dice.draw(able, visitors)) {
    clock.pass(dice.between(Math.floor(everySeconds / 2), everySeconds));
    const basket = chooseBasket(world, storeroom, household, balances.get(household.id) ?? 0);
    if (basket.length === 0) continue;
    const id = await handOut(world, counter, storeroom, household, basket);
    if (!dice.percent(2)) continue;
    // The wrong thing was scanned: undone at once, and handed out again as it should have been.
    clock.pass(dice.between(20, 90));
    await run(world, undoRedemption.with({ id }, kioskAt(world, counter)));
    storeroom.putBack(household.id, basket, clock.day);
    clock.pass(45);
    await handOut(world, counter, storeroom, household, basket.slice(0, 1));
  }
}

/** One to three things, not all the points at once, within what is there and what a month allows. */
function chooseBasket(
  world: World,
  storeroom: Storeroom,
  household: StoryHousehold,
  balance: number,
): Picked[] {
  const { dice, clock } = world;
  let left = Math.floor((balance * dice.between(40, 90)) / 100);
  const picked: Picked[] = [];
  const wanted = dice.pick([1, 1, 1, 2, 2, 3]);
  const favourites = storeroom.favourites(household.id, clock.day).filter(({ price }) => price <= left);
  for (const goods of dice.draw(favourites, wanted)) {
    if (picked.some((one) => one.goods.id === goods.id) || goods.price > left) continue;
    const most = storeroom.mostFor(household.id, goods, clock.day);
    const quantity = goods.price * 2 <= left && most >= 2 && dice.percent(20) ? 2 : 1;
    if (most < quantity) continue;
    picked.push({ goods, quantity });
    left -= goods.price * quantity;
  }
  return picked;
}

async function handOut(
  world: World,
  counter: Counter,
  storeroom: Storeroom,
  household: StoryHousehold,
  basket: readonly Picked[],
): Promise<string> {
  const wanted = {
    householdId: household.id,
    lines: basket.map(({ goods, quantity }) => ({ goodsId: goods.id, quantity })),
    recognised: await shownCard(world, household),
    isPinProven: null,
    vouchProofs: [],
    expectedPoints: basket.reduce((sum, { goods, quantity }) => sum + goods.price * quantity, 0),
  };
  const receipt = await run(world, redeem.with(wanted, kioskAt(world, counter)));
  storeroom.take(household.id, basket, world.clock.day);
  return receipt.id;
}

/** Everybody in the story brings the card of the household. */
async function shownCard({ tx, villageId }: World, { id }: StoryHousehold): Promise<Recognised> {
  const card = await askNow(tx, villageId, cardOf.one([id]));
  if (!card) throw new Error('a household of the story has no card');
  return { how: 'card', cardIssuedAtMs: card.issuedAtMs };
}

function kioskAt(world: World, { volunteerId, kioskId, shiftId }: Counter): KioskAt {
  // The story was told before the village chose an amount.
  return {
    ...workOf(world, volunteerId),
    kioskId,
    shiftId,
    pinAbove: null,
    vouchedMost: 0,
    openedAtMs: null,
  };
}

async function balancesNow({ tx, villageId, households }: World): Promise<Map<string, number>> {
  const found = await balancesOf(
    tx,
    villageId,
    households.map(({ id }) => householdAccount(id)),
  );
  return new Map(households.map(({ id }) => [id, found.get(accountId(householdAccount(id))) ?? 0]));
}
