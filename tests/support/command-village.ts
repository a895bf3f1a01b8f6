/** A village whose ids are known beforehand, so that two databases can be compared to the byte. */
import { added, writeRows, type Store, type Tx } from '../../db/index.ts';
import type { Basket, KioskAt } from '../../server/kiosk/index.ts';

import { ownKinds } from '../../server/proposals/index.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { testLedger } from './books.ts';
import { goodsAccount, householdAccount, type Ledger, stockCostAccount, villageAccount } from './ledger.ts';

export const VILLAGE = 'v1';
export const HOUSEHOLDS = ['h1', 'h2', 'h3', 'h4'] as const;
export const GOODS = ['rice', 'salt', 'haircut', 'hoe'] as const;
export const RULES = ['free', 'capped'] as const;
export const TODAY = '2026-05-10';
export const NOW_MS = Date.parse('2026-05-10T09:00:00+08:00');

const CAPS = [{ period: 'month', scope: 'household', times: 3, points: null }] as const;
const KINDS = { rice: 'goods', salt: 'goods', haircut: 'service', hoe: 'loan' } as const;
const PRICES = { rice: 500, salt: 100, haircut: 300, hoe: 200 } as const;

/** A village with points, goods, rules, people and an open shift. */
export async function fillVillage(store: Store): Promise<Ledger> {
  const ledger = testLedger(NOW_MS);
  await store.transaction(async (tx) => {
    await ledger.openBook(tx, VILLAGE, 'book');
    await writeRows(tx, [...people(), ...shop(), ...ruleBook()]);
    await fillAccounts(tx, ledger);
  });
  return ledger;
}

function people() {
  const settings = { ...DEFAULT_SETTINGS };
  const households = HOUSEHOLDS.flatMap((id, index) => household(id, index + 1));
  const staff = (['proposer', 'approver'] as const).map((id) =>
    added('staff', {
      ...{ villageId: VILLAGE, id, username: id, displayName: id, passwordHash: '' },
      ...{
        mustChangePassword: false,
        roles: id === 'approver' ? ['approver' as const] : ['committee' as const],
      },
      ...{ householdIds: id === 'approver' ? ['h3'] : [], disabledAtMs: null, createdAtMs: 1 },
      ...{ confirmedAtMs: 1, unconfirmedBy: null, unconfirmedSinceMs: null, confirmedUntilMs: null },
    }),
  );
  return [
    added('villages', {
      id: VILLAGE,
      name: '王家村',
      town: '',
      isDemo: false,
      settings,
      createdAtMs: 1,
      openedAtMs: 1,
    }),
    ...households,
    ...staff,
  ];
}

function household(id: string, number: number) {
  const row = added('households', {
    ...{ villageId: VILLAGE, id, number: String(number), numberKey: `000${String(number)}` },
    ...{ originalNumber: null, originalKey: null, groupName: '', head: `户主${id}`, headPinyin: '' },
    ...{ size: null, phone: null, note: '' },
    ...{ state: id === 'h4' ? ('closed' as const) : ('active' as const), pinHash: null, showsName: null },
    pinSetAtMs: null,
    ...{ goalGoodsId: null, closedAtMs: null, successorId: null, createdAtMs: 1, updatedAtMs: 1 },
    erasedAtMs: null,
  });
  const card = { villageId: VILLAGE, code: `card of ${id}`, householdId: id, issuedAtMs: 1 };
  return [row, added('cards', { ...card, revokedAtMs: null, printedAtMs: null })];
}

/** Adds so many households that never had a point, and answers their ids. */
export async function addHouseholds(store: Store, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `more${String(index)}`);
  await store.transaction((tx) =>
    writeRows(
      tx,
      ids.flatMap((id, index) => household(id, 1000 + index)),
    ),
  );
  return ids;
}

function shop() {
  const goods = GOODS.map((id, position) =>
    added('goods', {
      ...{ villageId: VILLAGE, id, kind: KINDS[id] },
      ...{
        category: '',
        name: id,
        unit: '件',
        price: PRICES[id],
        costFen: 400,
        barcode: null,
        pictureId: null,
        chosenDrawing: null,
      },
      ...{ keepsStock: KINDS[id] === 'goods', monthlyLimit: id === 'rice' ? 2 : null, enabled: true },
      ...{ nextPrice: null, nextPriceFrom: null, formerPrice: null, priceSince: null },
      ...{ basePrice: null, basePriceOn: null },
      ...{ position, createdAtMs: 1 },
    }),
  );
  const kioskRow = {
    ...{ villageId: VILLAGE, id: 'k1', name: '超市', pairingHash: null, pairingExpiresAtMs: null },
    ...{ tokenHash: 't', pairedAtMs: 1, lastSeenAtMs: null, revokedAtMs: null, createdAtMs: 1 },
  };
  return [
    ...goods,
    added('kiosks', kioskRow),
    added('volunteers', {
      ...{ villageId: VILLAGE, id: 'vo', name: '小李', pinHash: '', disabledAtMs: null, createdAtMs: 1 },
      ...{ householdIds: null, confirmedAtMs: 1, unconfirmedBy: null },
    }),
    added('shifts', {
      ...{ villageId: VILLAGE, id: 's1', kioskId: 'k1', volunteerId: 'vo', tokenHash: 's' },
      ...{ startedAtMs: NOW_MS - 1000, endedAtMs: null, usedAtMs: null, byDevice: false },
    }),
  ];
}

function ruleBook() {
  return RULES.flatMap((id, position) => [
    added('rules', { villageId: VILLAGE, id, code: id, position, currentVersion: 1 }),
    added('ruleVersions', {
      ...{
        villageId: VILLAGE,
        ruleId: id,
        version: 1,
        category: '五美家庭',
        title: id,
        pointsMode: 'fixed' as const,
      },
      ...{ points: 200, pointsMin: null, pointsMax: null, perUnit: null, proposer: '', evidence: '' },
      ...{ limitText: '', caps: id === 'capped' ? CAPS : [], enabled: true },
      ...{ options: [], isPrivate: false, isFitForOld: false },
      ...{ effectiveFrom: '1970-01-01', decidedBy: null, decidedOn: null, filedOn: null },
      ...{ changedBy: 'admin', changedAtMs: 1, withdrawnBy: null, withdrawnAtMs: null },
    }),
  ]);
}

async function fillAccounts(tx: Tx, ledger: Ledger): Promise<void> {
  const common = { villageId: VILLAGE, effectiveOn: '2026-05-01', actorId: 'admin' };
  const points = HOUSEHOLDS.map((id) => ({
    ...{ ...common, kind: 'opening' as const, idempotencyKey: `opening.${id}.0` },
    lines: [
      { account: villageAccount('opening'), amount: -30_000 },
      { account: householdAccount(id), amount: 30_000 },
    ],
  }));
  const stock = (['rice', 'salt'] as const).map((id) => ({
    ...{ ...common, kind: 'stock_in' as const, idempotencyKey: `in.${id}`, source: `bought:${id}` },
    lines: [
      { account: goodsAccount('supplier', id), amount: -70 },
      { account: goodsAccount('shelf', id), amount: 70 },
      { account: villageAccount('funding'), amount: -9001 },
      { account: stockCostAccount(id), amount: 9001 },
    ],
  }));
  const posted = await ledger.postMany(tx, VILLAGE, [...points, ...stock]);
  if (!posted.ok) throw new Error(posted.code);
}

/** The context of the n-th command. Its ids are its own, in whatever order commands run. */
export function atOf(ledger: Ledger, n: number, actorId = 'proposer') {
  let made = 0;
  return {
    ...{ villageId: VILLAGE, actorId, nowMs: NOW_MS + n, today: TODAY, ledger },
    // The fourth delivery of a day, and each count that finds less, is refused to one person alone.
    village: { openedAtMs: 1, settings: { ...DEFAULT_SETTINGS, deliveryNeedsSecondAboveFen: 6000 } },
    idempotencyKey: `command-${String(n).padStart(4, '0')}`,
    newId: () => idOf(n, (made += 1)),
  };
}

/** The m-th id that the n-th command makes. */
export function idOf(n: number, m: number): string {
  return `c${String(n).padStart(4, '0')}-${String(m)}`;
}

/** A redeem of one to three pieces, for the price on the shelf. */
export function basketOf(householdId: string, goodsId: (typeof GOODS)[number], quantity: number): Basket {
  return {
    householdId,
    lines: [{ goodsId, quantity }],
    expectedPoints: PRICES[goodsId] * quantity,
    recognised: { how: 'card', cardIssuedAtMs: 1 },
    isPinProven: null,
    vouchProofs: [],
  };
}

export function kioskAtOf(ledger: Ledger, n: number): KioskAt {
  const rules = { pinAbove: 2500, vouchedMost: 0, openedAtMs: 0 };
  return { ...atOf(ledger, n), kioskId: 'k1', shiftId: 's1', ...rules };
}

export function decisionAtOf(ledger: Ledger, n: number, id: 'approver' | 'proposer') {
  const actor = {
    kind: 'staff',
    id,
    roles: [id === 'approver' ? 'approver' : 'committee'],
    householdIds: [],
    confirmedAtMs: 0,
  } as const;
  const settings = { ...DEFAULT_SETTINGS };
  return { ...atOf(ledger, n, id), actor, settings, kinds: ownKinds, randomInt: () => 1 };
}
