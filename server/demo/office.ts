import { and, eq } from 'drizzle-orm';
import { mayReport } from '../../shared/rules/proposer-kinds.ts';
import { createAwards, createReversal, decide, type Decision } from '../proposals/index.ts';
import type { Actor } from '../http/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { accountId, balancesOf } from '../ledger/index.ts';
import type { Part } from './cast.ts';
import type { Deed, DeedLimits } from './deeds.ts';
import { decisionAtOf, runTold, staffOf, workOf, type World } from './world.ts';

interface Waiting {
  readonly id: string;
  readonly householdId: string;
  /** Hundredths, negative for a deduction. */
  readonly points: number;
  /** How often it was sent back already. */
  readonly returns: number;
  /** The person who proposed it. */
  readonly by: Part;
}

interface PostedAward {
  readonly number: number;
  readonly householdId: string;
  readonly points: number;
}

const RETURN_REASONS = ['缺照片，请补', '与签到表对不上', '请写清时间地点', '与上周重复，请核对'];
const REVERSAL_REASONS = ['复核：重复记分', '复核：当天不在村', '随机复查不实'];

/** The committee's desk: proposals that were made, that wait, and that came back. */
export class Office {
  private waiting: Waiting[] = [];
  private returned: Waiting[] = [];
  private readonly posted: PostedAward[] = [];
  private readonly world: World;
  private readonly limits: DeedLimits;

  constructor(world: World, limits: DeedLimits) {
    this.world = world;
    this.limits = limits;
  }

  /** Nobody writes down for the own household what others have to report: the administrator does it then. */
  private writerOf(written: string, householdIds: readonly string[]): Part {
    const { roles, householdIds: homes } = staffOf(this.world, 'committee');
    const isFit = householdIds.every((id) => mayReport(written, { roles, isOwn: homes.includes(id) }));
    return isFit ? 'committee' : 'admin';
  }

  /** The committee member writes the day's deeds down. */
  async propose(deeds: readonly Deed[]): Promise<void> {
    const { clock, dice } = this.world;
    for (const { code, householdIds, note, points, event, effectiveOn } of deeds) {
      clock.pass(dice.between(60, 400));
      const rule = this.world.rules.get(code);
      if (!rule) throw new Error(`the rule book has no ${code}`);
      const by = this.writerOf(rule.proposer, householdIds);
      const proposer = staffOf(this.world, by);
      const made = await runTold(
        this.world,
        proposer.id,
        createAwards.with(
          { ruleId: rule.id, householdIds, note, points, event, effectiveOn },
          workOf(this.world, proposer.id),
        ),
      );
      const figure = points ?? rule.points ?? 0;
      made.ids.forEach((id, index) => {
        this.waiting.push({ id, householdId: householdIds[index] ?? '', points: figure, returns: 0, by });
      });
    }
  }

  /** Takes over a batch that somebody proposed in another way, so that it is decided with all others. */
  async takeOver(batchId: string, by: Part): Promise<void> {
    const { tx, villageId } = this.world;
    const { proposals } = tx.t;
    const made = await tx.db
      .select()
      .from(proposals)
      .where(and(eq(proposals.villageId, villageId), eq(proposals.batchId, batchId)))
      .orderBy(proposals.id);
    const codes = new Map(Array.from(this.world.rules.values(), ({ id, code }) => [id, code]));
    for (const { id, householdId, points, ruleId, effectiveOn, member, event } of made) {
      this.limits.countOn(effectiveOn, codes.get(ruleId ?? '') ?? '', householdId, { points, member, event });
      this.waiting.push({ id, householdId, points, returns: 0, by });
    }
  }

  /** In the evening the approvers go through the list. */
  async decideWaiting(): Promise<void> {
    const { dice, clock } = this.world;
    const queue = this.waiting.splice(0);
    const approved: Waiting[] = [];
    for (const one of queue) {
      if (one.returns === 0 && dice.percent(2)) await this.sendBack(one, dice.pick(RETURN_REASONS));
      else if (one.returns === 0 && dice.below(150) === 0)
        await this.act(staffOf(this.world, one.by), 'withdraw', [one]);
      else approved.push(one);
    }
    clock.pass(300);
    const byDecider = Map.groupBy(approved, ({ householdId }) => this.deciderOf(householdId));
    for (const [decider, chosen] of byDecider) {
      await this.approve(
        decider,
        chosen.filter(({ points }) => points > 0),
      );
      // These are told to their households before they are booked.
      await this.approve(
        decider,
        chosen.filter(({ points }) => points < 0),
      );
    }
  }

  /** Two of three that came back are put right and sent again; the rest stay where they are. */
  async resubmit(): Promise<void> {
    const again = this.returned.splice(0).filter(({ points }) => points > 0 && this.world.dice.percent(66));
    for (const [by, own] of Map.groupBy(again, (one) => one.by))
      await this.act(staffOf(this.world, by), 'resubmit', own);
    this.waiting.push(...again.map((one) => ({ ...one, returns: one.returns + 1 })));
  }

  /** A random re-check finds an award that should not stand: a reversal, proposed and approved like everything. */
  async reverseOne(): Promise<void> {
    const { dice, clock } = this.world;
    const candidates = this.posted.slice(-120, -20);
    if (candidates.length === 0) return;
    const award = dice.pick(candidates);
    const balances = await this.balances([award]);
    if ((balances.get(award.householdId) ?? 0) < award.points) return;
    const committee = staffOf(this.world, 'committee');
    this.posted.splice(this.posted.indexOf(award), 1);
    const wanted = { number: award.number, reason: dice.pick(REVERSAL_REASONS) };
    const proposing = createReversal.with(wanted, workOf(this.world, committee.id));
    const { id } = await runTold(this.world, committee.id, proposing);
    clock.pass(1800);
    await this.decide(this.deciderOf(award.householdId), { action: 'approve', ids: [id], reason: '' });
  }

  /** Nobody decides about the household of their own. */
  private deciderOf(householdId: string): Actor {
    const approver = staffOf(this.world, 'approver');
    return approver.householdIds.includes(householdId) ? staffOf(this.world, 'second_approver') : approver;
  }

  private async sendBack(one: Waiting, reason: string): Promise<void> {
    await this.act(this.deciderOf(one.householdId), 'return', [one], reason);
    this.returned.push(one);
  }

  private async approve(actor: Actor, chosen: readonly Waiting[]): Promise<void> {
    if (chosen.length === 0) return;
    const ids = chosen.map(({ id }) => id);
    const decided = await this.decide(actor, { action: 'approve', ids, reason: '' });
    // An award on notice has no entry yet that somebody could find wrong.
    if (decided.onNotice > 0) return;
    const byId = new Map(chosen.map((one) => [one.id, one]));
    decided.ids.forEach((id, index) => {
      const one = byId.get(id);
      const number = decided.journalNumbers[index];
      if (one && number !== undefined && one.points > 0) this.posted.push({ ...one, number });
    });
  }

  private async act(
    actor: Actor,
    action: 'return' | 'withdraw' | 'resubmit',
    chosen: readonly Waiting[],
    reason = '',
  ): Promise<void> {
    if (chosen.length === 0) return;
    this.world.clock.pass(30);
    await this.decide(actor, { action, ids: chosen.map(({ id }) => id), reason });
  }

  private decide(actor: Actor, decision: Decision) {
    return runTold(this.world, actor.id, decide.with(decision, decisionAtOf(this.world, actor)));
  }

  private async balances(of: readonly { householdId: string }[]): Promise<Map<string, number>> {
    const accounts = of.map(({ householdId }) => householdAccount(householdId));
    const found = await balancesOf(this.world.tx, this.world.villageId, accounts);
    return new Map(
      of.map(({ householdId }) => [householdId, found.get(accountId(householdAccount(householdId))) ?? 0]),
    );
  }
}
