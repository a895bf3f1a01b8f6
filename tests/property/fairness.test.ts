/** The figures of the fairness page against sums made from every entry of the ledger, after months of made-up deeds. */
import { and, eq, inArray } from 'drizzle-orm';
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessDay } from '../../shared/business-day.ts';
import { PLAIN_RULE } from '../support/capped.ts';
import { type FairVillage, openFairVillage } from '../support/fair-village.ts';
import { asTwo } from '../support/second-person.ts';
import { type AnswerOf, startTestServer, type TestServer } from '../support/server.ts';
import { ENGINES } from '../support/stores.ts';

const seed = Number(process.env.JISHAN_SEED ?? randomInt(2 ** 31));
const steps = process.env.JISHAN_LONG ? 300 : 60;
const DAYS = ['2026-01-03', '2026-02-11', '2026-03-30', '2026-05-01', '2026-06-30', '2026-07-01'];
const ZONE = 'Asia/Shanghai';

/** Numbers that look random and are the same for a seed. */
function dice(from: number): (below: number) => number {
  let state = from >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const TOLD = ['proposedBy', 'approvedBy', 'rule'];

/** An entry with what the ledger itself says of it: its lines and its facts. */
interface Known {
  readonly number: number;
  readonly kind: string;
  readonly day: string;
  readonly reversesNumber: number | null;
  readonly householdId: string;
  readonly points: number;
  readonly proposedBy: string;
  readonly approvedBy: string;
  readonly rule: string;
}

async function everyEntry({ store, id: villageId }: TestServer): Promise<Known[]> {
  return store.read(async ({ db, t: { journal, postings, accounts, journalFacts } }) => {
    const entries = await db.select().from(journal).where(eq(journal.villageId, villageId));
    const lines = await db
      .select({ number: postings.number, owner: accounts.ownerId, points: postings.amount })
      .from(postings)
      .innerJoin(
        accounts,
        and(eq(accounts.villageId, postings.villageId), eq(accounts.number, postings.accountNumber)),
      )
      .where(and(eq(postings.villageId, villageId), eq(accounts.kind, 'household')));
    const facts = await db
      .select()
      .from(journalFacts)
      .where(and(eq(journalFacts.villageId, villageId), inArray(journalFacts.name, TOLD)));
    const fact = (number: number, name: string) =>
      facts.find((one) => one.number === number && one.name === name)?.value ?? '';
    return entries.flatMap((entry): Known[] => {
      const { number, kind, bookedAtMs, reversesNumber, actorId } = entry;
      const [line] = lines.filter((one) => one.number === number);
      if (!line) return [];
      return [
        {
          ...{ number, kind, reversesNumber, day: businessDay(bookedAtMs, ZONE) },
          ...{ householdId: line.owner, points: line.points },
          // The clock counts a deduction that somebody approved.
          approvedBy: fact(number, 'approvedBy') || actorId,
          ...{ proposedBy: fact(number, 'proposedBy'), rule: fact(number, 'rule').split(' ')[0] ?? '' },
        },
      ];
    });
  });
}

type View = AnswerOf<'fairness.view'>;

/** The sums of the entries of these days, by whatever tells them apart; a reversal has that of the deed it takes back. */
function modelOf(all: readonly Known[], { from, to }: View, keyOf: (deed: Known) => string) {
  const sums = new Map<string, Record<'given' | 'awards' | 'takenBack' | 'deducted', number>>();
  for (const entry of all) {
    const deed =
      entry.reversesNumber === null ? entry : all.find(({ number }) => number === entry.reversesNumber);
    if (!deed || entry.day < from || entry.day > to || !/^(?:award|deduction)$/.test(deed.kind)) continue;
    const own = sums.get(keyOf(deed)) ?? { given: 0, awards: 0, takenBack: 0, deducted: 0 };
    if (deed.kind === 'deduction') own.deducted -= entry.points;
    else if (entry === deed) own.given += entry.points;
    else own.takenBack -= entry.points;
    if (entry === deed && deed.kind === 'award') own.awards += 1;
    sums.set(keyOf(deed), own);
  }
  return Object.fromEntries(sums);
}

function told<Row extends { given: number; awards: number; takenBack: number; deducted: number }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
) {
  const some = rows.filter(
    (row) => row.given !== 0 || row.awards > 0 || row.takenBack !== 0 || row.deducted !== 0,
  );
  return Object.fromEntries(
    some.map((row) => {
      const { given, awards, takenBack, deducted } = row;
      return [keyOf(row), { given, awards, takenBack, deducted }];
    }),
  );
}

/** A deduction that was taken back within the stretch leaves nothing: neither side tells it. */
function withoutNothing(sums: Readonly<Record<string, Readonly<Record<string, number>>>>) {
  return Object.fromEntries(
    Object.entries(sums).filter(([, own]) => Object.values(own).some((n) => n !== 0)),
  );
}

describe.each(ENGINES)(`the figures of fairness on $engine, seed ${String(seed)}`, ({ engine, missing }) => {
  describe.skipIf(missing)('after months of deeds', () => {
    let server: TestServer;
    let village: FairVillage;
    const groups = new Map<string, string>();

    beforeAll(async () => {
      server = await startTestServer(engine);
      village = await openFairVillage(server, DAYS[0] ?? '');
      // No deduction and no reversal is refused for want of points.
      const body = { settings: { deductionsMayGoBelowZero: true } };
      await asTwo(server, 'village.update', { as: server.admin, body });
      const roll = dice(seed);
      const rules: string[] = [];
      for (const [code, points] of [
        ['A1', 300],
        ['B1', 1000],
        ['C1', 50],
        ['N1', -200],
      ] as const)
        rules.push(
          (
            await server.must('rules.create', {
              as: server.admin,
              body: { ...PLAIN_RULE, code, title: code, points },
            })
          ).id,
        );
      for (let n = 0; n < 9; n += 1) {
        const group = `第${String(1 + (n % 4))}组`;
        groups.set(await village.household(`户主${String(n)}`, group), group);
      }
      const ids = [...groups.keys()];
      // Deductions find something to take.
      const standing = await village.award('zhao', rules[1] ?? '', ids);
      for (let step = 0; step < steps; step += 1) {
        const day = DAYS[Math.floor((step * DAYS.length) / steps)] ?? '';
        if (step % Math.ceil(steps / DAYS.length) === 0) await village.goOn(day);
        if (roll(4) === 0) {
          const [number] = standing.splice(roll(standing.length), 1);
          if (number !== undefined) await village.takeBack([number]);
          continue;
        }
        const of = ids.filter(() => roll(3) === 0);
        const effectiveOn = roll(3) === 0 ? '2025-12-31' : day;
        standing.push(
          ...(await village.award(
            roll(3) === 0 ? 'li' : 'zhao',
            rules[roll(rules.length)] ?? '',
            of.length === 0 ? ids.slice(0, 1) : of,
            {
              by: roll(2) === 0 ? 'ma' : 'wang',
              effectiveOn,
            },
          )),
        );
      }
    }, 240_000);
    afterAll(() => server.remove());

    it.each([
      { months: 1 },
      { months: 3 },
      { months: 12 },
      { months: 1, until: '2026-03' },
      { months: 2, until: '2026-04' },
      { months: 1, until: '2025-12' },
    ])('are those of every entry, $months months until $until', async (query) => {
      const view = await server.must('fairness.view', { as: village.watcher, query });
      const all = await everyEntry(server);
      expect(all.length).toBeGreaterThan(steps / 2);
      const model = (keyOf: (deed: Known) => string) => withoutNothing(modelOf(all, view, keyOf));
      expect(told(view.groups, ({ name }) => name)).toEqual(
        model(({ householdId }) => groups.get(householdId) ?? ''),
      );
      expect(told(view.rules, ({ code }) => code)).toEqual(model(({ rule }) => rule));
      expect(told(view.proposers, ({ id }) => id ?? '')).toEqual(model(({ proposedBy }) => proposedBy));
      expect(told(view.approvers, ({ id }) => id ?? '')).toEqual(model(({ approvedBy }) => approvedBy));
      expect(told([view.total], () => 'all')).toEqual(model(() => 'all'));
    });

    it('are made of the entries that they open, in each stretch', async () => {
      const query = { months: 6, limit: 200 };
      const { total, from, to } = await server.must('fairness.view', {
        as: village.watcher,
        query: { months: 6 },
      });
      const numbers: number[] = [];
      for (let before: number | null | undefined = undefined; before !== null;) {
        const page: AnswerOf<'fairness.entries'> = await server.must('fairness.entries', {
          as: village.watcher,
          query: { ...query, limit: 7, before },
        });
        numbers.push(...page.items.map(({ number }) => number));
        expect(page.points).toBe(total.given - total.takenBack - total.deducted);
        before = page.next;
      }
      const wanted = (await everyEntry(server)).filter(
        ({ day, kind }) => day >= from && day <= to && kind !== 'opening',
      );
      expect(numbers).toEqual(wanted.map(({ number }) => number).toSorted((a, b) => b - a));
    });
  });
});
