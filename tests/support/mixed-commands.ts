/** Commands of every hot kind that act on the same few households, and on what commands before them made. */
import { type Call, given } from '../../server/commands/index.ts';
import { openStock, stockIn, stocktake } from '../../server/goods/index.ts';
import { inputHash } from '../../server/http/canonical.ts';
import { onceForKey } from '../../server/http/idempotency.ts';
import { redeem, returnGoods, undoRedemption } from '../../server/kiosk/index.ts';
import { createChange } from '../../server/proposals/change.ts';
import { correct } from '../../server/proposals/correct.ts';
import { createAwards, createReversal, decide } from '../../server/proposals/index.ts';
import { reverseBatch } from '../../server/proposals/reverse-batch.ts';
import type { ProposalAction } from '../../shared/proposals/states.ts';
import {
  atOf,
  basketOf,
  decisionAtOf,
  GOODS,
  HOUSEHOLDS,
  idOf,
  kioskAtOf,
  RULES,
  TODAY,
  VILLAGE,
} from './command-village.ts';
import { endHold, postEntry } from './entry-commands.ts';
import { heldAccount, householdAccount, type Ledger, villageAccount } from './ledger.ts';

/** Makes one command anew, for each village that it is given in. */
export type Maker = (ledger: Ledger) => Call<unknown>;

/** The chances of one command, each 0…99. */
export interface Step {
  readonly kind: number;
  readonly household: number;
  readonly goods: number;
  readonly target: number;
  /** Low: the command of an earlier step is asked for again, or its key with other content. */
  readonly again: number;
}

const keyOf = (n: number) => `command-${String(n).padStart(4, '0')}`;

/** The n-th command under its key, as the server gives it: done once, and answered again when it is repeated. */
function keyed<Input>(
  n: number,
  input: Input,
  callOf: (input: Input, ledger: Ledger) => Call<unknown>,
): Maker {
  const known = { villageId: VILLAGE, key: keyOf(n), route: 'proposals.decide', actorId: 'test' } as const;
  return (ledger) =>
    onceForKey<unknown>({ ...known, nowMs: n, inputHash: inputHash(input) }, callOf(input, ledger), {
      fresh: (answer) => ({ outcome: { answer }, kept: answer ?? null }),
      again: (kept) => given({ kept }),
    });
}

const header = (n: number) => {
  return { villageId: VILLAGE, effectiveOn: TODAY, actorId: 'proposer', idempotencyKey: keyOf(n) };
};

/** The commands by name. `n` is the place of the command, which makes its key and its ids. */
export const makers = {
  take: (n: number, household: string, goodsId: (typeof GOODS)[number], quantity = 1) =>
    keyed(n, basketOf(household, goodsId, quantity), (basket, ledger) =>
      redeem.with(basket, kioskAtOf(ledger, n)),
    ),

  undo: (n: number, redeemed: number) =>
    keyed(n, { id: idOf(redeemed, 1) }, (input, ledger) => undoRedemption.with(input, kioskAtOf(ledger, n))),

  back: (n: number, redeemed: number, goodsId: (typeof GOODS)[number], quantity: number) =>
    keyed(n, { id: idOf(redeemed, 1), lines: [{ goodsId, quantity }] }, (input, ledger) =>
      returnGoods.with(
        { ...input, recognisedAs: () => ({ how: 'card', cardIssuedAtMs: 1 }) },
        kioskAtOf(ledger, n),
      ),
    ),

  award: (n: number, ruleId: string, householdIds: readonly string[]) =>
    keyed(n, { ruleId, householdIds, note: '扫街' }, (award, ledger) =>
      createAwards.with(award, atOf(ledger, n)),
    ),

  act: (
    n: number,
    action: ProposalAction,
    ids: readonly string[],
    by: 'approver' | 'proposer' = 'approver',
  ) =>
    keyed(n, { action, ids, reason: '核对' }, (decision, ledger) =>
      decide.with(decision, decisionAtOf(ledger, n, by)),
    ),

  withdrawBatch: (n: number, batchId: string) =>
    keyed(n, [{ batchId, mark: 'seen before', except: [] }], (batches, ledger) =>
      decide.with({ action: 'withdraw', batches, reason: '' }, decisionAtOf(ledger, n, 'proposer')),
    ),

  reversal: (n: number, number: number) =>
    keyed(n, { number, reason: '重复' }, (input, ledger) => createReversal.with(input, atOf(ledger, n))),

  reverseBatch: (n: number, batchId: string) =>
    keyed(n, { batchId, reason: '整批有误' }, (wrong, ledger) => reverseBatch.with(wrong, atOf(ledger, n))),

  correct: (n: number, id: string, ruleId: string) =>
    keyed(n, { ids: [id], ruleId, note: '更正' }, (correction, ledger) =>
      correct.with(correction, decisionAtOf(ledger, n, 'proposer')),
    ),

  leave: (n: number, householdId: string) =>
    keyed(n, { kind: 'departure' as const, toId: null, reason: '迁出' }, (body, ledger) =>
      createChange.with({ householdId, body }, atOf(ledger, n)),
    ),

  stockIn: (n: number, goodsId: string, quantity: number) =>
    keyed(n, { goodsId, quantity, totalCostFen: 777, source: 'bought' as const, note: '' }, (stock, ledger) =>
      stockIn.with(stock, atOf(ledger, n)),
    ),

  count: (n: number, goodsId: string, counted: number) =>
    keyed(n, { goodsId, counted, reason: '盘点' }, (count, ledger) => stocktake.with(count, atOf(ledger, n))),

  countAgreed: (n: number, goodsId: string, counted: number) =>
    keyed(n, { goodsId, counted, reason: '盘点' }, (count, ledger) => {
      const by = { changeId: 'change', proposedBy: 'proposer', decidedBy: 'approver' };
      return stocktake.with(count, { ...atOf(ledger, n), agreed: { by, covers: () => undefined } });
    }),

  open: (n: number, goodsIds: readonly string[]) =>
    keyed(n, goodsIds, (ids, ledger) => {
      const items = ids.map((goodsId) => ({ goodsId, quantity: 4, totalCostFen: 900 }));
      return openStock.with({ items, note: '开张' }, atOf(ledger, n));
    }),

  hold: (n: number, household: string, amount: number) =>
    keyed(n, { household, amount }, (_, ledger) => {
      const [from, into] = [householdAccount(household), heldAccount(household)];
      return postEntry.with(ledger.draftHold({ ...header(n), from, into, amount }), ledger);
    }),

  endHold: (n: number, holdNumber: number, spent: number) =>
    keyed(n, { holdNumber, spent }, (_, ledger) => {
      const spend = spent > 0 ? [{ account: villageAccount('redeemed'), amount: spent }] : [];
      return endHold.with({ ...header(n), holdNumber, kind: 'redemption', spend }, ledger);
    }),
};

function pick<T>(from: readonly T[], chance: number): T {
  const one = from[chance % from.length];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

/** Things that earlier steps may have made, for later ones to act on. */
interface Made {
  readonly redeemed: number[];
  readonly proposed: string[];
  readonly batches: string[];
}

/** The commands of these steps, in their order. */
export function commandsOf(steps: readonly Step[]): Maker[] {
  const made: Made = { redeemed: [], proposed: [], batches: [] };
  const all: Maker[] = [];
  for (const [n, step] of steps.entries()) {
    const before = all.length > 0 ? all[step.target % all.length] : undefined;
    if (before && step.again < 6) all.push(before);
    // The key of an earlier command with other content.
    else if (before && step.again < 10) all.push(commandOf(step.target % all.length, step, made));
    else all.push(commandOf(n, step, made));
  }
  return all;
}

/** One of many kinds, the frequent ones more often. */
function commandOf(n: number, step: Step, made: Made): Maker {
  const { kind, target } = step;
  const household = pick(target % 10 === 0 ? HOUSEHOLDS : HOUSEHOLDS.slice(0, 3), step.household);
  const goodsId = pick(GOODS, step.goods);
  const quantity = 1 + (step.goods % 3);
  const proposed = (chance: number) => pick([...made.proposed, 'none'], chance);
  if (kind < 26) {
    made.redeemed.push(n);
    return makers.take(n, household, goodsId, quantity);
  }
  if (kind < 30) return makers.back(n, made.redeemed.at(-1 - (target % 3)) ?? 0, goodsId, 1 + (target % 2));
  if (kind < 34) return makers.undo(n, made.redeemed.at(target % 4 === 0 ? -2 : -1) ?? 0);
  if (kind < 46) {
    const some = Array.from(new Set([household, pick(HOUSEHOLDS.slice(0, 3), target)]));
    made.proposed.push(...some.map((_one, index) => idOf(n, 2 + index)));
    made.batches.push(idOf(n, 1));
    return makers.award(n, pick(RULES, step.goods), some);
  }
  if (kind < 64) {
    const action = pick(
      ['approve', 'approve', 'approve', 'return', 'withdraw', 'resubmit'] as const,
      step.goods,
    );
    const by = action === 'approve' || action === 'return' ? 'approver' : 'proposer';
    const last = made.proposed.at(-1) ?? 'none';
    const ids = target % 3 === 0 ? Array.from(new Set([proposed(step.household), last])) : [last];
    return makers.act(n, action, ids, by);
  }
  if (kind < 69) {
    made.proposed.push(idOf(n, 2));
    return makers.reversal(n, 1 + (target % 20));
  }
  if (kind < 73) {
    const batch = pick([...made.batches, 'none'], target);
    return target % 2 === 0 ? makers.reverseBatch(n, batch) : makers.withdrawBatch(n, batch);
  }
  if (kind < 77) return makers.correct(n, made.proposed.at(-1) ?? 'none', pick(RULES, step.goods));
  if (kind < 79) {
    made.proposed.push(idOf(n, 2));
    return makers.leave(n, pick(['h2', 'h4'], target));
  }
  return stockOrHold(n, step, household);
}

function stockOrHold(n: number, { kind, goods, target }: Step, household: string): Maker {
  const goodsId = pick(GOODS, target);
  if (kind < 83) return makers.stockIn(n, goodsId, 1 + (goods % 5));
  if (kind < 87) return makers.count(n, goodsId, goods % 40);
  if (kind < 90) return makers.open(n, pick([['hoe'], ['salt'], ['hoe', 'rice']], target));
  if (kind < 95) return makers.hold(n, household, 100 * (1 + (goods % 90)));
  return makers.endHold(n, 7 + (target % 20), (goods % 3) * 100);
}

/** Repeatable steps, for tests that want one mix and not many. */
export function someSteps(count: number, seed: number): Step[] {
  let state = seed * 2654435761 + 1;
  const chance = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * 100);
  };
  return Array.from({ length: count }, () => ({
    ...{ kind: chance(), household: chance(), goods: chance(), target: chance(), again: chance() },
  }));
}
