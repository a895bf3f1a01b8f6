/** Days at two counters at which everything goes wrong: what the screens told is what the book has. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDice } from '../../server/demo/dice.ts';
import { chosenSeed } from '../faults/options.ts';
import { hasChromium } from '../support/browser.ts';
import { newPairingCode } from '../support/demo-village.ts';
import { BUILD, laterBuild, removeBuild } from '../support/page-server.ts';
import type { Order } from '../support/torture/hands.ts';
import { Campaign, type Extent, MISHAPS } from '../support/torture/campaign.ts';
import { confirmKeys } from '../support/torture/mishaps.ts';
import { RoughVillage } from '../support/torture/rough-village.ts';
import { ROAD_FAULTS } from '../support/torture/rough-road.ts';
import { Tablet } from '../support/torture/tablet.ts';
import { differences, NO_DIFFERENCES, type Stand, standOf, unlisted } from '../support/torture/tally.ts';
import { untilKept } from './pages/kept-page.ts';

/** In hundredths: so little that no household runs out of points. */
const PRICE = 2;
const MINUTE_MS = 60_000;
/** Three days, in which everything goes wrong once; `npm test -- --long` has the whole fortnight with 2,000 hand-overs. */
const { JISHAN_DAYS: days, JISHAN_LONG: long } = process.env;
const isWhole = long !== undefined && days === undefined;
const EXTENT: Extent = isWhole
  ? { days: 14, roundsADay: 4, ordersARound: 18 }
  : { days: Number(days ?? 3), roundsADay: 2, ordersARound: 4 };
const PATIENCE_MS = (isWhole ? 6 * 60 : 7 * EXTENT.days) * MINUTE_MS;

interface Item {
  readonly id: string;
  readonly name: string;
  readonly barcode: string | null;
  readonly enabled: boolean;
  readonly monthlyLimit: number | null;
  readonly stock: number | null;
}

describe.skipIf(!hasChromium)('two counters without network, for days', () => {
  const dice = createDice(chosenSeed('counters without network'));
  let village: RoughVillage;
  let tablets: [Tablet, Tablet];
  let items: Item[];
  let later: string;
  let before: Stand;
  let campaign: Campaign;

  beforeAll(async () => {
    later = laterBuild(BUILD, { 当班: '值班' });
    village = new RoughVillage();
    await village.start();
    await village.ask('PATCH', '/village', {
      settings: {
        ...{ pinAboveHundredths: null, withoutNetworkHundredths: 100_000 },
        withoutNetworkKioskHundredths: 10_000_000,
      },
    });
    const goods = (await village.ask('GET', '/goods')) as { items?: Item[] };
    items = (goods.items ?? [])
      .filter(({ barcode, enabled, stock }) => barcode !== null && enabled && stock !== null)
      .slice(0, 3);
    for (const { id } of items) {
      await village.ask('PATCH', `/goods/${id}`, { price: PRICE, monthlyLimit: null });
      await village.ask('POST', `/goods/${id}/stock`, { quantity: 5000, totalCostFen: 0, source: 'donated' });
    }
    const second = await newPairingCode(village.ask, '二号台');
    const { items: kiosks = [] } = (await village.ask('GET', '/kiosks')) as { items?: { name: string }[] };
    const first = kiosks.find(({ name }) => name !== '二号台')?.name ?? '';
    tablets = [new Tablet(first, village), new Tablet('二号台', village)];
    await Promise.all([tablets[0].start(village.logins.kioskPairingCode), tablets[1].start(second)]);
    for (const tablet of tablets) {
      await tablet.atRest();
      await untilKept(tablet.page);
      // A pairing of this very moment is not on the disk yet.
      await tablet.restart();
    }
    before = await standOf(village.place);
    campaign = new Campaign({ village, tablets, dice, orders: someOrder, later });
  }, PATIENCE_MS);
  afterAll(async () => {
    for (const tablet of tablets) await tablet.stop();
    await village.stop();
    removeBuild(later);
  });

  function someOrder(): Order {
    const household = dice.pick(village.logins.households.slice(0, 4));
    const picks = dice.draw(items, dice.between(1, 2)).map(({ barcode, name }) => ({
      ...{ barcode: barcode ?? '', name },
      pieces: dice.between(1, 2),
    }));
    return { household, picks };
  }

  const all = () => tablets.flatMap(({ told }) => told);

  it('hands out, whatever goes wrong', { timeout: PATIENCE_MS }, async () => {
    const startedMs = performance.now();
    await campaign.run(EXTENT);
    const minutes = ((performance.now() - startedMs) / MINUTE_MS).toFixed(1);
    console.info(
      `${String(all().length)} hand-overs told in ${minutes} minutes`,
      Object.fromEntries(campaign.met),
    );
    for (const { name, kills, doneHere, road } of tablets)
      console.info(name, { kills, doneHere: doneHere.size, ...Object.fromEntries(road.met) });
    expect([...campaign.met.keys()]).toEqual(expect.arrayContaining([...MISHAPS]));
    const faults = new Set(tablets.flatMap(({ road }) => [...road.met.keys()]));
    expect([...faults].sort()).toEqual([...ROAD_FAULTS].sort());
  });

  it('brings everything in: nothing is lost, nothing is doubled', { timeout: PATIENCE_MS }, async () => {
    await campaign.settle();
    for (const tablet of tablets) await tablet.atRest();
    await expect
      .poll(
        async () => {
          await confirmKeys(village);
          return Promise.all(tablets.map((tablet) => tablet.isSent()));
        },
        { timeout: 3 * MINUTE_MS, interval: 1000 },
      )
      .toEqual([true, true]);
    await expect
      .poll(() => differences(village.place, before, all(), PRICE), { timeout: 2 * MINUTE_MS })
      .toEqual(NO_DIFFERENCES);
  });

  it('has every late row on the list of the desk', { timeout: PATIENCE_MS }, async () => {
    const listed = new Set<string>();
    let after = '';
    do {
      const page = (await village.ask('GET', `/outbox/late?open=false&limit=100${after}`)) as {
        items?: { device: string; number: number }[];
        next?: string | null;
      };
      for (const { device, number } of page.items ?? []) listed.add(`${device} ${String(number)}`);
      after = typeof page.next === 'string' ? `&before=${page.next}` : '';
    } while (after !== '');
    const late = tablets.flatMap(({ doneHere }) => [...doneHere]);
    expect(late.length).toBeGreaterThan(0);
    expect(await unlisted(village.place, late, listed)).toEqual([]);
  });

  it('has a book that verifies', { timeout: PATIENCE_MS }, async () => {
    expect(JSON.parse(await village.command('verify', '--json'))).toMatchObject({ ok: true });
  });
});
