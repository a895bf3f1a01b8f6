import { describe, expect, it } from 'vitest';
import { accountId, type AccountRef } from '../../../server/ledger/index.ts';
import { planEntries } from '../../../server/ledger/plan.ts';
import { genesisHash } from '../../../server/ledger/seal.ts';
import { AMOUNT_MAX } from '../../../shared/points.ts';
import { OTHER_KINDS } from '../../support/other-kinds.ts';

const { lot, outside, fund, donations, budget, minted } = OTHER_KINDS.accounts;
const rice = lot.of('may', 'rice');
const well = fund.of('well');
const road = budget.of('road');
const NOW_MS = 1_780_000_000_000;
const head = { bookId: 'b', number: 7, hash: genesisHash('b'), bookedAtMs: NOW_MS, accounts: 3 };
const deps = { kinds: OTHER_KINDS, clock: () => NOW_MS, newSalt: () => '00' };

type Moves = readonly (readonly [from: AccountRef, to: AccountRef, amount: number])[];

const entry = (moves: Moves, mayPassFloor = false) => ({
  villageId: 'v1',
  kind: 'grant',
  effectiveOn: '2026-05-01',
  idempotencyKey: 'k',
  actorId: 'a',
  mayPassFloor,
  lines: moves.flatMap(([from, to, amount]) => [
    { account: from, amount: -amount },
    { account: to, amount },
  ]),
});

const states = (...balances: readonly (readonly [AccountRef, number])[]) =>
  new Map(
    balances.map(([account, balance], index) => [
      accountId(account),
      { number: index + 1, balance, effectiveThrough: '' },
    ]),
  );

const BEFORE = states([rice, 5], [well, 100], [road, AMOUNT_MAX]);

describe('a plan refuses', () => {
  const pieces = [rice, outside.of('d', 'rice'), 6] as const;
  const money = [well, donations.of(), 1101] as const;
  const more = [minted.of(), road, 1] as const;

  it.each([
    ['a clock far behind the book before anything else', [money], { clock: () => 0 }, 'server.clock', {}],
    ['the account that comes first by id', [pieces, money], {}, 'ledger.floor', { missing: 1 }],
    [
      'pieces by the code of their kind',
      [pieces, more],
      {},
      'ledger.stock_short',
      { missing: 1, owner: 'may' },
    ],
    ['a balance beyond every bound last', [more], {}, 'ledger.overflow', { account: 'budget:road:POINT' }],
  ] as const)('%s', (_, moves, other, code, params) => {
    const plan = planEntries({ ...deps, ...other }, head, BEFORE, [entry(moves)]);
    expect(plan).toMatchObject({ ok: false, index: 0, code, params });
  });

  it('an entry that is taken back twice, and a hold that ends twice', () => {
    const back = (ends: object) => ({ ...entry([[rice, outside.of('d', 'rice'), 1]]), ...ends });
    for (const [ends, code] of [
      [{ reversesNumber: 3 }, 'ledger.already_reversed'],
      [{ resolvesNumber: 3 }, 'ledger.hold_resolved'],
    ] as const) {
      const plan = planEntries(deps, head, BEFORE, [back(ends), back(ends)]);
      expect(plan).toMatchObject({ ok: false, index: 1, code, params: { number: 3, by: 8 } });
    }
  });

  it('all of many for the one that cannot be, and names it', () => {
    const one = entry([[rice, outside.of('d', 'rice'), 3]]);
    expect(planEntries(deps, head, BEFORE, [one, one])).toMatchObject({
      ok: false,
      index: 1,
      code: 'ledger.stock_short',
      params: { balance: 2, needed: 3, missing: 1 },
    });
  });
});

describe('a plan', () => {
  it('goes down to the floor of the kind, and under it only where the entry says so', () => {
    const down = (amount: number, mayPass: boolean) =>
      planEntries(deps, head, BEFORE, [entry([[well, donations.of(), amount]], mayPass)]);
    expect(down(1100, false)).toMatchObject({ ok: true });
    expect(down(1101, false)).toMatchObject({ ok: false, code: 'ledger.floor' });
    const under = down(1101, true);
    expect(under.ok && under.states.get('fund:well:CNY')?.balance).toBe(-1001);
  });

  it('lets an account that is under its floor already gain', () => {
    const inDebt = states([well, -5000]);
    expect(planEntries(deps, head, inDebt, [entry([[donations.of(), well, 1]])])).toMatchObject({ ok: true });
  });

  it('numbers and chains its entries, and leaves what it was given as it was', () => {
    const before = states([rice, 5]);
    const inputs = [1, 2].map((amount) => entry([[rice, outside.of('d', 'rice'), amount]]));
    const plan = planEntries(deps, head, before, inputs);
    if (!plan.ok) throw new Error(plan.code);
    const [first, second] = plan.planned;
    expect(plan.planned.map(({ header }) => header.number)).toEqual([8, 9]);
    expect([first?.header.previousHash, second?.header.previousHash]).toEqual([
      head.hash,
      first?.header.hash,
    ]);
    expect(plan.head).toMatchObject({ number: 9, hash: second?.header.hash });
    expect(plan.states.get(accountId(rice))).toEqual({
      number: 1,
      balance: 2,
      effectiveThrough: '2026-05-01',
    });
    expect(before.get(accountId(rice))?.balance).toBe(5);
  });

  it('numbers the accounts that it uses first, in the order of its lines', () => {
    const [there, other] = [outside.of('d', 'rice'), outside.of('e', 'rice')];
    const inputs = [entry([[rice, there, 1]]), entry([[there, other, 1]]), entry([[other, rice, 1]])];
    const plan = planEntries(deps, head, states([well, 0], [road, 0], [rice, 5]), inputs);
    if (!plan.ok) throw new Error(plan.code);
    expect(plan.planned.map(({ accounts }) => accounts.map(({ number }) => number))).toEqual([
      [3, 4],
      [4, 5],
      [5, 3],
    ]);
    expect(plan.head.accounts).toBe(5);
  });

  it('of nothing is nothing, whatever the clock says', () => {
    const plan = planEntries({ ...deps, clock: () => 0 }, head, BEFORE, []);
    expect(plan).toEqual({ ok: true, planned: [], head, states: new Map() });
  });
});
