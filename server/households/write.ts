import { and, eq, ne } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Tx } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';
import { householdNumberKey, nextHouseholdNumber } from '../../shared/households/number.ts';
import { type CardInk, giveCards } from '../cards/index.ts';
import { askNow } from '../commands/index.ts';
import { keptOriginalKey } from '../../shared/households/original-number.ts';
import { headPinyin } from './pinyin.ts';
import { householdNumbers, refuseErased } from './rows.ts';

/** A household as somebody wrote it down. */
export interface HouseholdFields {
  readonly number: string;
  /** The number in the village's own papers, where it is another. */
  readonly originalNumber: string | null;
  readonly group: string;
  readonly head: string;
  readonly size: number | null;
  readonly phone: string | null;
  readonly note: string;
}

export interface NewHousehold extends HouseholdFields {
  readonly id: string;
}

/** Adds households with a card each; refuses all when one number is taken. */
export async function addHouseholds(
  tx: Tx,
  villageId: string,
  fresh: readonly NewHousehold[],
  ink: CardInk,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  let done = 0;
  for (const chunk of chunked(fresh)) {
    const added = await insertRows(tx, villageId, chunk, ink.nowMs);
    const taken = chunk.find((household) => !added.has(household.id));
    if (taken) throw new Refusal('household.number_taken', { number: taken.number });
    await giveCards(tx, villageId, Array.from(added), ink);
    done += chunk.length;
    onProgress(done);
  }
}

/** Adds one household; without a number it gets the next free one. */
export async function addHousehold(
  tx: Tx,
  villageId: string,
  household: Omit<NewHousehold, 'number' | 'originalNumber'> & {
    readonly number?: string | undefined;
    readonly originalNumber?: string | null;
  },
  ink: CardInk,
): Promise<void> {
  // Under the village's lock nobody takes the number between reading and writing.
  await tx.lockBook(villageId);
  const number =
    household.number ?? nextHouseholdNumber(await askNow(tx, villageId, householdNumbers.one([''])));
  const { originalNumber = null } = household;
  await addHouseholds(tx, villageId, [{ ...household, number, originalNumber }], ink);
}

/** Writes the fields given, leaves the others. */
export async function changeHousehold(
  tx: Tx,
  villageId: string,
  id: string,
  changes: Partial<HouseholdFields & { readonly showsName: boolean | null }>,
  nowMs: number,
): Promise<void> {
  const { households } = tx.t;
  const { number, group, head, ...rest } = changes;
  await tx.lockBook(villageId);
  await refuseErased(tx, villageId, id);
  if (number !== undefined) await refuseTakenNumber(tx, villageId, id, number);
  const changed = await tx.db
    .update(households)
    .set({
      ...rest,
      ...(number === undefined ? {} : { number, numberKey: householdNumberKey(number) }),
      ...(await originalKeyAfter(tx, villageId, id, changes)),
      ...(group === undefined ? {} : { groupName: group }),
      ...(head === undefined ? {} : { head, headPinyin: headPinyin(head) }),
      updatedAtMs: nowMs,
    })
    .where(and(eq(households.villageId, villageId), eq(households.id, id)))
    .returning({ id: households.id });
  if (changed.length === 0) throw new Refusal('household.not_found');
}

/** The key by which the household is found besides its number, if what it is made of changes. */
async function originalKeyAfter(
  tx: Tx,
  villageId: string,
  id: string,
  { number, originalNumber }: Partial<HouseholdFields>,
): Promise<{ originalKey?: string | null }> {
  if (number === undefined && originalNumber === undefined) return {};
  const { households } = tx.t;
  const [now] = await tx.db
    .select({ number: households.number, originalNumber: households.originalNumber })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.id, id)));
  if (!now) return {};
  const original = originalNumber === undefined ? now.originalNumber : originalNumber;
  return { originalKey: keptOriginalKey(number ?? now.number, original) };
}

async function insertRows(
  tx: Tx,
  villageId: string,
  fresh: readonly NewHousehold[],
  nowMs: number,
): Promise<Set<string>> {
  const { households } = tx.t;
  const added = await tx.db
    .insert(households)
    .values(
      fresh.map(({ id, number, originalNumber, group, head, size, phone, note }) => ({
        villageId,
        id,
        number,
        numberKey: householdNumberKey(number),
        originalNumber,
        originalKey: keptOriginalKey(number, originalNumber),
        groupName: group,
        head,
        headPinyin: headPinyin(head),
        size,
        phone,
        note,
        state: 'active' as const,
        pinHash: null,
        createdAtMs: nowMs,
        updatedAtMs: nowMs,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: households.id });
  return new Set(added.map((row) => row.id));
}

/** Refuses a number that another household than `id` has. */
async function refuseTakenNumber(tx: Tx, villageId: string, id: string, number: string): Promise<void> {
  const { households } = tx.t;
  const others = await tx.db
    .select({ id: households.id })
    .from(households)
    .where(
      and(
        eq(households.villageId, villageId),
        eq(households.numberKey, householdNumberKey(number)),
        ne(households.id, id),
      ),
    );
  if (others.length > 0) throw new Refusal('household.number_taken', { number });
}

/** Remembers what a household saves for; null: nothing. */
export async function setGoalOf(
  tx: Tx,
  { villageId, householdId }: { readonly villageId: string; readonly householdId: string },
  goodsId: string | null,
  nowMs: number,
): Promise<void> {
  const { households } = tx.t;
  await tx.db
    .update(households)
    .set({ goalGoodsId: goodsId, updatedAtMs: nowMs })
    .where(and(eq(households.villageId, villageId), eq(households.id, householdId)))
    .returning({ id: households.id });
}
