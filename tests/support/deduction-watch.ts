import { and, eq, gt } from 'drizzle-orm';
import type { Reader, Store } from '../../db/index.ts';
import { eachAct, type ToldAct } from '../../server/acts/told-acts.ts';
import { REMINDED } from '../../shared/acts/program-words.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import { balancesOfKind } from './ledger.ts';
import { DAYS, DEDUCTION } from './notice-commands.ts';

const ZONE = 'Asia/Shanghai';
const PROPOSAL = 'proposal:';

/** A deduction as its entry has it, also one that took nothing. */
interface Booked {
  readonly number: number;
  readonly proposalId: string;
  readonly actorId: string;
  /** The day of the deed. */
  readonly effectiveOn: string;
  readonly bookedOn: string;
  readonly facts: ReadonlyMap<string, string | null>;
}

interface Line {
  readonly number: number;
  readonly kind: string;
  readonly owner: string;
  readonly amount: number;
}

/** Looks at every deduction that is booked, by entries, acts and steps that never change, and not by what the model says. */
export class DeductionWatch {
  private readonly store: Store;
  private readonly villageId: string;
  private readonly all: Booked[] = [];
  /** The last entry that was looked at. */
  private last = 0;
  private budgets = '';

  constructor(store: Store, villageId: string) {
    this.store = store;
    this.villageId = villageId;
  }

  /** Tells what is wrong with the deductions that were booked since the last look, while this was the floor. */
  look(floor: number): Promise<string[]> {
    return this.store.read(async (reader) => {
      const before = this.budgets;
      this.budgets = JSON.stringify(await balancesOfKind(reader, this.villageId, 'budget'));
      const fresh = await this.fresh(reader);
      if (fresh.length === 0) return [];
      this.all.push(...fresh);
      const { all } = this;
      const acts: ToldAct[] = [];
      await eachAct(
        reader,
        this.villageId,
        () => Promise.resolve(),
        (act) => acts.push(act),
      );
      const lines = await this.lines(reader);
      const wrong = before === this.budgets ? [] : ['a budget was touched'];
      for (const one of fresh) {
        const earlier = acts.filter(({ number }) => number < one.number);
        wrong.push(
          ...wrongAnswer(one, earlier, await this.steps(reader, one)),
          ...wrongReminder(one, earlier),
          ...wrongLines(one, lines, floor),
        );
      }
      if (new Set(all.map(({ proposalId }) => proposalId)).size < all.length) wrong.push('one counts twice');
      const followed = all.map((one) => acts.findLast((act) => isTelling(act, one))?.id);
      if (new Set(followed).size < all.length) wrong.push('two follow one reminder');
      return wrong;
    });
  }

  /** The deductions among the entries since the last look. */
  private async fresh({ db, t: { journal, journalFacts } }: Reader): Promise<Booked[]> {
    const since = (table: typeof journal | typeof journalFacts) =>
      and(eq(table.villageId, this.villageId), gt(table.number, this.last));
    const entries = await db.select().from(journal).where(since(journal)).orderBy(journal.number);
    if (entries.length === 0) return [];
    const rows = await db.select().from(journalFacts).where(since(journalFacts));
    this.last = entries.at(-1)?.number ?? this.last;
    const factsOf = Map.groupBy(rows, ({ number }) => number);
    return entries.flatMap(({ number, kind, source, actorId, effectiveOn, bookedAtMs }) => {
      const facts = new Map((factsOf.get(number) ?? []).map(({ name, value }) => [name, value]));
      if (kind !== 'deduction' && facts.get('act') !== 'deductions.nothing_taken') return [];
      const proposalId = source?.slice(PROPOSAL.length) ?? '';
      return { number, proposalId, actorId, effectiveOn, bookedOn: businessDay(bookedAtMs, ZONE), facts };
    });
  }

  private lines({ db, t: { postings, accounts } }: Reader): Promise<Line[]> {
    const ofAccount = and(
      eq(accounts.villageId, postings.villageId),
      eq(accounts.number, postings.accountNumber),
    );
    return db
      .select({
        ...{ number: postings.number, amount: postings.amount },
        ...{ kind: accounts.kind, owner: accounts.ownerId },
      })
      .from(postings)
      .innerJoin(accounts, ofAccount)
      .where(eq(postings.villageId, this.villageId));
  }

  private steps({ db, t: { proposalEvents } }: Reader, { proposalId }: Booked) {
    return db
      .select()
      .from(proposalEvents)
      .where(and(eq(proposalEvents.villageId, this.villageId), eq(proposalEvents.proposalId, proposalId)))
      .orderBy(proposalEvents.step);
  }
}

type Steps = Awaited<ReturnType<DeductionWatch['steps']>>;

function isTelling(act: ToldAct, { proposalId }: Booked): boolean {
  return act.act === 'deductions.told' && act.is.get('deed') === proposalId;
}

/** Two people decided it, and the household was told of just this and agreed, or had its days. */
function wrongAnswer(one: Booked, earlier: readonly ToldAct[], steps: Steps): string[] {
  const { proposalId, facts, bookedOn } = one;
  const approval = steps.findLast(
    ({ fromState, toState }) => fromState === 'proposed' && toState === 'on_notice',
  );
  const last = steps.at(-1);
  const told = earlier.findLast((act) => isTelling(act, one));
  const hasAgreed = earlier.some(
    ({ act, actorId, is }) =>
      act === 'deductions.agreed' &&
      actorId === REMINDED &&
      is.get('deed') === proposalId &&
      is.get('approvedAtMs') === approval?.atMs,
  );
  const isAnswered = told !== undefined && (hasAgreed || bookedOn > addDays(told.effectiveOn, DAYS));
  const proposers = new Set([facts.get('proposedBy'), steps[0]?.actorId]);
  const hadPart = [facts.get('approvedBy'), approval?.actorId];
  return whatIsFalse({
    'two people did not decide it': hadPart.every((by) => typeof by === 'string' && !proposers.has(by)),
    'the clock did not count it': one.actorId === 'clock' && last?.actorId === 'clock',
    'it was contested': last?.fromState === 'on_notice',
    'the household was not told of this approval': told?.is.get('approvedAtMs') === approval?.atMs,
    'the household had not answered': isAnswered,
  });
}

/** Its household was reminded and had its day, before it was proposed. */
function wrongReminder(one: Booked, earlier: readonly ToldAct[]): string[] {
  const reminder = earlier.findLast((act) => isTelling(act, one))?.id;
  const own = earlier.filter(({ kind, id }) => kind === 'reminder' && id === reminder);
  const made = own.find(({ act }) => act === 'deductions.reminded');
  const delivered = own.find(({ act }) => act === 'deductions.delivered');
  const due = made?.is.get('dueOn');
  const dueOn = typeof due === 'string' ? due : '9';
  return whatIsFalse({
    'nobody reminded the household': made !== undefined,
    'the reminder did not come in time': delivered !== undefined && delivered.effectiveOn <= dueOn,
    'the day of the reminder was not over': dueOn < one.effectiveOn,
    'the reminder was closed': own.every(({ act }) => !/put_right|withdrawn/.test(act)),
  });
}

/** It takes what its household has left down to the floor, and says so; nothing else is touched. */
function wrongLines({ number, facts }: Booked, lines: readonly Line[], floor: number): string[] {
  const own = lines.filter((line) => line.number === number);
  const ofHousehold = own.find(({ kind }) => kind === 'household');
  const taken = 0 - (ofHousehold?.amount ?? 0);
  const isOfIt = (line: Line) => line.kind === 'household' && line.owner === ofHousehold?.owner;
  const left = lines
    .filter((line) => line.number <= number && isOfIt(line))
    .reduce((sum, { amount }) => sum + amount, 0);
  const asked = facts.get('asked');
  return whatIsFalse({
    'it touches others': own.every((line) => line === ofHousehold || line.kind === 'deducted'),
    'it gives, or takes more than was decided': taken >= 0 && taken <= DEDUCTION,
    'it is below the floor': taken === 0 || left >= floor,
    'it took less than there was': taken === 0 || taken === DEDUCTION || left === floor,
    'it does not say what was asked':
      taken === DEDUCTION ? asked === undefined : asked === String(-DEDUCTION),
  });
}

function whatIsFalse(right: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(right).filter((what) => right[what] !== true);
}
