import { and, eq, gt, inArray, like, notExists, or, sql } from 'drizzle-orm';
import { AGREED_FACT, thingFactName, thingOfFact, type ToldThing, WAS } from '../acts/index.ts';
import { read } from '../commands/index.ts';
import { ACT_KIND } from '../ledger/index.ts';
import { accountKinds } from './ledger-kinds.ts';

/** The pieces of an item that one entry put on the shelf. */
export interface TakenIn {
  readonly goodsId: string;
  readonly pieces: number;
  /** The cost that was written down. */
  readonly totalCostFen: number;
  readonly bookedAtMs: number;
}

/**
 * Reads what came in on a day without a second person, entry by entry: deliveries, lists, papers, and counts that found more.
 * Pieces that went off the shelf again are still in it.
 */
export const takenInOn = read<readonly [day: string], readonly TakenIn[]>()({
  name: 'goods.takenInOn',
  over: { journal: 'stale', postings: 'stale', accounts: 'stale', journalFacts: 'stale' },
  rows({ db, t: { journal, postings, accounts, journalFacts }, keys }) {
    const ofEntry = (of: typeof postings | typeof journalFacts) =>
      and(eq(of.villageId, journal.villageId), eq(of.number, journal.number));
    const isAgreed = and(ofEntry(journalFacts), eq(journalFacts.name, AGREED_FACT));
    return db
      .select({
        at: keys.at,
        number: journal.number,
        bookedAtMs: journal.bookedAtMs,
        kind: accounts.kind,
        goodsId: accounts.ownerId,
        amount: postings.amount,
      })
      .from(keys.table)
      .crossJoin(journal)
      .innerJoin(postings, and(ofEntry(postings), gt(postings.amount, 0)))
      .innerJoin(
        accounts,
        and(eq(accounts.villageId, postings.villageId), eq(accounts.number, postings.accountNumber)),
      )
      .where(
        and(
          eq(journal.villageId, keys.villageId),
          eq(journal.effectiveOn, keys.part(0)),
          inArray(journal.kind, ['stock_in', 'stocktake']),
          inArray(accounts.kind, [SHELF, STOCK_COST]),
          notExists(db.select({ number: journalFacts.number }).from(journalFacts).where(isAgreed)),
        ),
      );
  },
  answer: (rows) =>
    Array.from(Map.groupBy(rows, ({ number }) => number).values(), (lines) => {
      const amountOf = (wanted: string) => lines.find(({ kind }) => kind === wanted)?.amount ?? 0;
      const { goodsId = '', bookedAtMs = 0 } = lines[0] ?? {};
      return { goodsId, bookedAtMs, pieces: amountOf(SHELF), totalCostFen: amountOf(STOCK_COST) };
    }),
});

const SHELF = accountKinds.shelf.kind;
const STOCK_COST = accountKinds.stock.kind;

const COST = 'costFen';
const GOODS = 'goods:';

/** The highest usual cost that each item had on a day before somebody changed it, in fen, as the acts of that day tell it. */
export const costsBefore = read<readonly [day: string], ReadonlyMap<string, number>>()({
  name: 'goods.costsBefore',
  over: { journal: 'stale', journalFacts: 'stale' },
  rows: ({ db, t: { journal, journalFacts }, keys }) =>
    db
      .select({
        at: keys.at,
        source: journal.source,
        name: journalFacts.name,
        value: journalFacts.value,
      })
      .from(keys.table)
      .crossJoin(journal)
      .innerJoin(
        journalFacts,
        and(
          eq(journalFacts.villageId, journal.villageId),
          eq(journalFacts.number, journal.number),
          or(eq(journalFacts.name, WAS + COST), like(journalFacts.name, `${thingFactName(GOODS)}%`)),
        ),
      )
      .where(
        and(
          eq(journal.villageId, keys.villageId),
          eq(journal.effectiveOn, keys.part(0)),
          eq(journal.kind, ACT_KIND),
        ),
      )
      .orderBy(sql`${keys.at}`),
  answer(rows) {
    const costs = new Map<string, number>();
    for (const { source, name, value } of rows) {
      const thing = thingOfFact(name) ?? source ?? '';
      const fen = value === null ? null : costIn(name, JSON.parse(value));
      const id = thing.slice(GOODS.length);
      if (fen !== null) costs.set(id, Math.max(fen, costs.get(id) ?? 0));
    }
    return costs;
  },
});

/** The cost before, in a fact of an act on the item alone or on many things. */
function costIn(name: string, told: unknown): number | null {
  const cost = name === WAS + COST ? told : (told as ToldThing).was?.[COST];
  return typeof cost === 'number' ? cost : null;
}
