import { and, count, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Reader, Tables, Tx } from '../../db/index.ts';
import type { Act } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import { mayDo } from '../../shared/permissions.ts';
import type { FrozenOpening, Opening } from '../../shared/village/opening.ts';
import { freeze, OPENING_ID } from '../documents/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { holdings, POINT, readHead } from '../ledger/index.ts';
import { confirmAllStaff, listStaff } from '../staff/index.ts';

/** Reads everything that was made before the books were opened, and whether this caller may open them. */
export async function openingOf(reader: Reader, village: VillageContext, actor: Actor): Promise<Opening> {
  const villageId = village.id;
  const staff = (await listStaff(reader, villageId)).filter(({ disabledAtMs }) => disabledAtMs === null);
  const held = await holdings(reader, villageId);
  const opened = held.filter(({ unit, kind }) => unit === POINT && kind === 'household');
  const head = await readHead(reader, villageId);
  const made = await madeSoFar(reader, villageId);
  const serving = await volunteersInOffice(reader, villageId);
  return {
    openedAtMs: village.openedAtMs,
    head: { number: head?.number ?? 0, hash: head?.hash ?? '' },
    people: staff.map(({ id, displayName, roles, householdIds }) => ({
      ...{ id, name: displayName, roles, kin: householdIds.length },
    })),
    ...{ ...made, volunteers: serving.map(({ name }) => name) },
    points: opened.reduce((sum, { positive, negative }) => sum + positive + negative, 0),
    withPoints: opened.reduce((sum, { count: n }) => sum + n, 0),
    lacks: lacksOf(staff, serving),
    mayOpen: whyNotOpen(village, actor) === null,
  };
}

/**
 * Opens the books: a second person, who looked at the book as it is now, confirms everything that was made so far. Refuses with
 * village.opened, auth.forbidden, village.opening_people, village.opening_changed. Answers the act that tells of it.
 */
export async function openBooks(
  tx: Tx,
  {
    village,
    actor,
    nowMs,
  }: { readonly village: VillageContext; readonly actor: Actor; readonly nowMs: number },
  seen: Opening['head'],
): Promise<Act<'village.opened'>> {
  const refusal = whyNotOpen(village, actor);
  if (refusal !== null) throw new Refusal(refusal);
  const opening = await openingOf(tx, village, actor);
  if (opening.lacks.length > 0) throw new Refusal('village.opening_people');
  const { head } = opening;
  if (head.number !== seen.number || head.hash !== seen.hash) throw new Refusal('village.opening_changed');
  const { villages } = tx.t;
  const [row] = await tx.db
    .update(villages)
    .set({ openedAtMs: nowMs })
    .where(and(eq(villages.id, village.id), isNull(villages.openedAtMs)))
    .returning({ id: villages.id });
  if (!row) throw new Refusal('village.opened');
  await confirmAllStaff(tx, village.id);
  const document = await freeze(tx, village.id, documentOf(village.id, opening, { actor, nowMs }), nowMs);
  const { households, points, cards, pins, kiosks, volunteers, rules, goods, people } = opening;
  return {
    act: 'village.opened',
    on: `village:${village.id}`,
    is: {
      ...{ people: people.length, households, points, cards, pins, kiosks },
      ...{ volunteers: volunteers.length, rules, goods, head: `${head.number}:${head.hash}`, document },
    },
  };
}

/** The opening as a supervisor signs it within some days. Ids alone tell who is who, so that nothing in it needs to be erased. */
function documentOf(
  villageId: string,
  { people, volunteers, openedAtMs: _, lacks: _lacks, mayOpen: _mayOpen, ...made }: Opening,
  { actor, nowMs }: { readonly actor: Actor; readonly nowMs: number },
) {
  const document: FrozenOpening = {
    ...{ kind: 'opening', villageId, openedAtMs: nowMs, openedBy: actor.id, ...made },
    people: people
      .map(({ name: _name, ...person }) => person)
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
    volunteers: volunteers.length,
  };
  const headNumber = made.head.number;
  return {
    kind: 'opening',
    id: OPENING_ID,
    body: JSON.stringify(document),
    afterNumber: 0,
    headNumber,
  } as const;
}

/** The administrator made most of it, so that another person opens: one who will approve. */
function whyNotOpen(
  { openedAtMs }: VillageContext,
  { roles }: Actor,
): 'village.opened' | 'auth.forbidden' | null {
  if (openedAtMs !== null) return 'village.opened';
  return mayDo(roles, 'village.open') && !roles.includes('admin') ? null : 'auth.forbidden';
}

type Person = Pick<Awaited<ReturnType<typeof listStaff>>[number], 'id' | 'roles'>;

/**
 * One proposes, another one approves, a third hands out: without three people the books do not open. A volunteer whom no
 * approver could confirm would hand nothing out.
 */
function lacksOf(staff: readonly Person[], volunteers: readonly Serving[]): Opening['lacks'] {
  const deciders = staff.filter(({ roles }) => mayDo(roles, 'proposal.decide') && !roles.includes('admin'));
  const proposers = staff.filter(({ roles }) => mayDo(roles, 'proposal.make'));
  const hasPair = proposers.some((one) => deciders.some((other) => other.id !== one.id));
  const mayServe = volunteers.some(
    ({ confirmedAtMs, unconfirmedBy }) =>
      confirmedAtMs !== null || deciders.some(({ id }) => id !== unconfirmedBy),
  );
  return [...(hasPair ? [] : (['approver'] as const)), ...(mayServe ? [] : (['volunteer'] as const))];
}

type Serving = Pick<Tables['volunteers']['$inferSelect'], 'name' | 'confirmedAtMs' | 'unconfirmedBy'>;

function volunteersInOffice({ db, t: { volunteers } }: Reader, villageId: string): Promise<Serving[]> {
  const { name, confirmedAtMs, unconfirmedBy } = volunteers;
  return db
    .select({ name, confirmedAtMs, unconfirmedBy })
    .from(volunteers)
    .where(and(eq(volunteers.villageId, villageId), isNull(volunteers.disabledAtMs)))
    .orderBy(name);
}

async function madeSoFar(reader: Reader, villageId: string) {
  const { households, cards, kiosks, rules, goods } = reader.t;
  const { db } = reader;
  const [activeHouseholds] = await db
    .select({ n: count(), pins: count(households.pinHash) })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.state, 'active')));
  const [validCards] = await db
    .select({ n: count() })
    .from(cards)
    .where(and(eq(cards.villageId, villageId), isNull(cards.revokedAtMs)));
  const [pairedKiosks] = await db
    .select({ n: count() })
    .from(kiosks)
    .where(and(eq(kiosks.villageId, villageId), isNull(kiosks.revokedAtMs), isNotNull(kiosks.pairedAtMs)));
  const [allRules] = await db.select({ n: count() }).from(rules).where(eq(rules.villageId, villageId));
  const [allGoods] = await db.select({ n: count() }).from(goods).where(eq(goods.villageId, villageId));
  return {
    households: activeHouseholds?.n ?? 0,
    pins: activeHouseholds?.pins ?? 0,
    cards: validCards?.n ?? 0,
    kiosks: pairedKiosks?.n ?? 0,
    rules: allRules?.n ?? 0,
    goods: allGoods?.n ?? 0,
  };
}
