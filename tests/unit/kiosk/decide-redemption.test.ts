import { describe, expect, it } from 'vitest';
import { goodsAccount, stockCostAccount } from '../../../server/goods/ledger-kinds.ts';
import type { GoodsRow } from '../../../server/goods/index.ts';
import { householdAccount } from '../../../server/households/ledger-kinds.ts';
import {
  type BasketWanted,
  decideRedemption,
  type RedemptionFacts,
} from '../../../server/kiosk/decide-redemption.ts';
import { givenAccount, REDEEMED } from '../../../server/kiosk/ledger-kinds.ts';
import { COST } from '../../../server/goods/ledger-kinds.ts';
import { accountId } from '../../../server/ledger/index.ts';
import { refusalCode } from '../../support/refusal-code.ts';

const rice = item('rice', { monthlyLimit: 3 });
const haircut = item('haircut', { keepsStock: false, price: 0 });
const household = { id: 'h1', number: '12', head: '王小明', state: 'active' };

const facts: RedemptionFacts = {
  household,
  isOwn: false,
  recognised: { how: 'card', cardIssuedAtMs: 7 },
  card: { issuedAtMs: 7 },
  goods: (id) => [rice, haircut].find((row) => row.id === id),
  takenThisMonth: new Map([['rice', 1]]),
  redeemedToday: 400,
  isPinProven: false,
  hasPin: true,
  vouchers: [],
  onDuty: 'v1',
  vouchedThisMonth: 0,
  newSince: null,
  states: new Map(
    [
      [householdAccount('h1'), 5000] as const,
      [goodsAccount('shelf', 'rice'), 3] as const,
      [stockCostAccount('rice'), 1000] as const,
    ].map(([account, balance], index) => [
      accountId(account),
      { number: index + 1, balance, effectiveThrough: '' },
    ]),
  ),
};
const wanted: BasketWanted = {
  householdId: 'h1',
  lines: [{ goodsId: 'rice', quantity: 2 }],
  expectedPoints: 1000,
  pinAbove: null,
  vouchedMost: 5000,
  nowMs: 100_000_000,
};

describe('the decision about a basket', () => {
  it('moves points, pieces and their share of the cost', () => {
    expect(decideRedemption(facts, wanted)).toMatchObject({
      ...{ points: 1000, costFen: 666, balanceBefore: 5000 },
      moved: [
        { account: householdAccount('h1'), amount: -1000 },
        { account: REDEEMED, amount: 1000 },
        { account: goodsAccount('shelf', 'rice'), amount: -2 },
        { account: givenAccount('rice'), amount: 2 },
        { account: stockCostAccount('rice'), amount: -666 },
        { account: COST, amount: 666 },
      ],
    });
  });

  it('takes the whole cost with the last piece, and none for what keeps no stock', () => {
    const all = { ...wanted, lines: [{ goodsId: 'rice', quantity: 3 }], expectedPoints: 1500 };
    expect(decideRedemption({ ...facts, takenThisMonth: new Map() }, all).costFen).toBe(1000);
    const both = { ...wanted, lines: [...wanted.lines, { goodsId: 'haircut', quantity: 1 }] };
    expect(decideRedemption(facts, both).moved).toHaveLength(6);
  });

  // Each row mends what the row before it was refused for: the order of precedence, from the first to the last.
  const closed = { ...household, state: 'closed' };
  const off = () => ({ ...rice, enabled: false });
  const table: [code: string, facts: RedemptionFacts, wanted: BasketWanted][] = [];
  let bad: RedemptionFacts = {
    ...{ ...facts, household: undefined, isOwn: true, recognised: null, card: undefined },
    ...{ goods: () => undefined, redeemedToday: 5000, newSince: { what: 'card', sinceMs: 99_000_000 } },
  };
  let asked: BasketWanted = {
    ...wanted,
    lines: [{ goodsId: 'rice', quantity: 9 }],
    expectedPoints: 1,
    pinAbove: 5500,
  };
  table.push(['household.not_found', bad, asked]);
  table.push(['household.closed', (bad = { ...bad, household: closed }), asked]);
  table.push(['redemption.own_household', (bad = { ...bad, household }), asked]);
  table.push(['redemption.absent', (bad = { ...bad, isOwn: false }), asked]);
  table.push(['card.revoked', (bad = { ...bad, recognised: facts.recognised }), asked]);
  table.push(['goods.not_found', (bad = { ...bad, card: facts.card }), asked]);
  table.push(['goods.disabled', (bad = { ...bad, goods: off }), asked]);
  table.push(['goods.limit', (bad = { ...bad, goods: facts.goods }), asked]);
  table.push(['goods.price_changed', bad, (asked = { ...asked, lines: wanted.lines })]);
  table.push(['redemption.pin_needed', bad, (asked = { ...asked, expectedPoints: 1000 })]);

  table.push(['redemption.second_needed', (bad = { ...bad, isPinProven: true }), asked]);
  table.push(['redemption.second_needed', (bad = { ...bad, vouchers: ['v1'] }), asked]);
  table.push(['decided', { ...bad, vouchers: ['v1', 'v2'] }, asked]);

  it.each(table)('refuses in order: %s', (code, known, basket) => {
    expect(refusalCode(() => decideRedemption(known, basket))).toBe(code);
  });

  it('needs a PIN above the day’s amount, not at it; a proof or no such rule lets it pass', () => {
    const at = (redeemedToday: number, isPinProven: boolean, pinAbove: number | null) =>
      refusalCode(() => decideRedemption({ ...facts, redeemedToday, isPinProven }, { ...wanted, pinAbove }));
    expect(at(500, false, 1500)).toBe('decided');
    expect(at(501, false, 1500)).toBe('redemption.pin_needed');
    expect(at(501, true, 1500)).toBe('decided');
    expect(at(501, false, null)).toBe('decided');
  });

  it('pays by the card that was shown alone, not by the one that took its place', () => {
    const by = (card: RedemptionFacts['card']) =>
      refusalCode(() => decideRedemption({ ...facts, card }, wanted));
    expect([by({ issuedAtMs: 7 }), by({ issuedAtMs: 8 }), by(undefined)]).toEqual([
      'decided',
      'card.revoked',
      'card.revoked',
    ]);
  });

  it('needs a PIN where no card was shown, whatever the amount and whether or not there is such a rule', () => {
    const by = (isPinProven: boolean, over: Partial<BasketWanted> = {}) => {
      const known = { ...facts, recognised: { how: 'number' } as const, card: undefined, isPinProven };
      return refusalCode(() => decideRedemption(known, { ...wanted, ...over }));
    };
    expect([by(false), by(false, { pinAbove: 5500 })]).toEqual(Array(2).fill('redemption.pin_needed'));
    expect([by(true), by(true, { pinAbove: 0 })]).toEqual(['decided', 'decided']);
  });

  // Each row mends what the row before it was refused for.
  const byNumber = {
    ...facts,
    recognised: { how: 'number' } as const,
    hasPin: false,
    vouchedThisMonth: 4001,
  };
  it.each([
    ['redemption.pin_needed', { hasPin: true, vouchers: ['v1', 'v2'] }, {}],
    ['redemption.pin_needed', { vouchers: ['v1', 'v2'] }, { vouchedMost: 0 }],
    ['redemption.pin_needed', { vouchers: ['v2'] }, {}],
    ['redemption.vouched_over', { vouchers: ['v1', 'v2'] }, {}],
    ['decided', { vouchers: ['v1', 'v2'], vouchedThisMonth: 4000 }, { pinAbove: 0 }],
  ] as const)('vouching, in order: %s', (code, over, rules) => {
    const decide = () => decideRedemption({ ...byNumber, ...over }, { ...wanted, ...rules });
    expect(refusalCode(decide)).toBe(code);
    if (code === 'decided') expect(decide().recognition).toEqual({ how: 'vouched', vouchers: ['v1', 'v2'] });
  });

  it('says how the household was recognised, and by whose second PIN while its card is new', () => {
    const by = (over: Partial<RedemptionFacts>) =>
      decideRedemption({ ...facts, ...over }, wanted).recognition;
    expect(by({ vouchers: ['v1', 'v2'] })).toEqual({ how: 'card', vouchers: [] });
    expect(by({ isPinProven: true })).toEqual({ how: 'card_pin', vouchers: [] });
    const newSince = { what: 'card', sinceMs: 99_000_000 } as const;
    expect(by({ newSince, vouchers: ['v1', 'v2'] })).toEqual({ how: 'card', vouchers: ['v2'] });
  });

  it('refuses a basket that would move nothing', () => {
    const nothing = { ...wanted, lines: [{ goodsId: 'haircut', quantity: 1 }], expectedPoints: 0 };
    expect(refusalCode(() => decideRedemption(facts, nothing))).toBe('redemption.empty');
  });
});

function item(id: string, own: Partial<GoodsRow>): GoodsRow {
  return {
    id,
    name: id,
    unit: '件',
    price: 500,
    enabled: true,
    keepsStock: true,
    monthlyLimit: null,
    ...own,
  } as GoodsRow;
}
