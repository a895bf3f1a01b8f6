import { and, eq, isNotNull, isNull, notExists, or, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/store.ts';
import { mayDo } from '../../shared/permissions.ts';
import type { NotedStep } from '../../shared/village/setup-steps.ts';
import type { KindTotal } from '../ledger/index.ts';

interface Known {
  /** How many are open. */
  readonly households: number;
  readonly holdings: readonly KindTotal[];
  readonly openedAtMs: number | null;
}

/**
 * Tells which steps of setting up have been taken. A village that has handed something out is past its first morning:
 * from then on only what every shop needs counts, so that a new household without a card does not bring the list back.
 */
export async function setupDone(
  reader: Reader,
  villageId: string,
  { households, holdings, openedAtMs }: Known,
) {
  const { rules, goods, kiosks, volunteers, redemptions } = reader.t;
  const { db } = reader;
  const rule = await db.select({ id: rules.id }).from(rules).where(eq(rules.villageId, villageId)).limit(1);
  const item = await db.select({ id: goods.id }).from(goods).where(eq(goods.villageId, villageId)).limit(1);
  const kiosk = await db
    .select({ id: kiosks.id })
    .from(kiosks)
    .where(and(eq(kiosks.villageId, villageId), isNotNull(kiosks.pairedAtMs), isNull(kiosks.revokedAtMs)))
    .limit(1);
  const volunteer = await db
    .select({ id: volunteers.id })
    .from(volunteers)
    .where(and(eq(volunteers.villageId, villageId), isNull(volunteers.disabledAtMs)))
    .limit(1);
  const redemption = await db
    .select({ id: redemptions.id })
    .from(redemptions)
    .where(eq(redemptions.villageId, villageId))
    .limit(1);
  const runs = redemption.length > 0;
  const noted = runs ? new Set<NotedStep>() : await notedSteps(reader, villageId);
  const holds = (kind: string) => holdings.some((total) => total.kind === kind && total.count > 0);
  return {
    households: households > 0,
    rules: rule.length > 0,
    goods: item.length > 0,
    balances: runs || noted.has('balances') || holds('household'),
    stock: runs || noted.has('stock') || holds('shelf'),
    secondPerson: await hasSecondPerson(reader, villageId),
    volunteer: volunteer.length > 0,
    kiosk: kiosk.length > 0,
    print: runs || noted.has('print') || (households > 0 && !(await lacksPaper(reader, villageId))),
    opening: openedAtMs !== null,
    firstRedemption: runs,
  };
}

async function hasSecondPerson({ db, t: { staff } }: Reader, villageId: string): Promise<boolean> {
  const people = await db
    .select({ id: staff.id, roles: staff.roles })
    .from(staff)
    .where(and(eq(staff.villageId, villageId), isNull(staff.disabledAtMs)));
  const proposers = people.filter(({ roles }) => mayDo(roles, 'proposal.make'));
  const deciders = people.filter(({ roles }) => mayDo(roles, 'proposal.decide'));
  return proposers.some((one) => deciders.some((other) => other.id !== one.id));
}

/** True while an open household has no PIN, or no card that was printed. */
async function lacksPaper({ db, t: { households, cards } }: Reader, villageId: string): Promise<boolean> {
  const printedCard = db
    .select({ one: sql`1` })
    .from(cards)
    .where(
      and(
        eq(cards.villageId, households.villageId),
        eq(cards.householdId, households.id),
        isNull(cards.revokedAtMs),
        isNotNull(cards.printedAtMs),
      ),
    );
  const [lacking] = await db
    .select({ id: households.id })
    .from(households)
    .where(
      and(
        eq(households.villageId, villageId),
        eq(households.state, 'active'),
        or(isNull(households.pinHash), notExists(printedCard)),
      ),
    )
    .limit(1);
  return lacking !== undefined;
}

async function notedSteps({ db, t: { setupNotes } }: Reader, villageId: string): Promise<Set<NotedStep>> {
  const rows = await db
    .select({ step: setupNotes.step })
    .from(setupNotes)
    .where(eq(setupNotes.villageId, villageId));
  return new Set(rows.map(({ step }) => step));
}

/** Notes a step; one that is noted stays as it was noted first. Answers whether it was noted now. */
export async function noteStep(
  tx: Tx,
  villageId: string,
  note: { readonly step: NotedStep; readonly staffId: string; readonly nowMs: number },
): Promise<boolean> {
  const { setupNotes } = tx.t;
  const { step, staffId, nowMs } = note;
  const noted = await tx.db
    .insert(setupNotes)
    .values({ villageId, step, staffId, notedAtMs: nowMs })
    .onConflictDoNothing()
    .returning({ step: setupNotes.step });
  return noted.length > 0;
}
