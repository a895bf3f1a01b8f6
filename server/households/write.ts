import { and, eq, ne } from 'drizzle-orm';
import { added, changed, type RowOf, type Tx, type WrittenIn, writeRows } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { householdNumberKey, nextHouseholdNumber } from '../../shared/households/number.ts';
import type { GuardedAt } from '../at.ts';
import { type CardInk, giveCards } from '../cards/index.ts';
import { isJustMade, needSecond } from '../need-second.ts';
import { askNow } from '../commands/index.ts';
import { keptOriginalKey } from '../../shared/households/original-number.ts';
import { headPinyin } from './pinyin.ts';
import { householdNumbers } from './rows.ts';

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

/** The row of a new household, active and without a PIN. */
export function newHousehold(
  villageId: string,
  household: NewHousehold,
  nowMs: number,
): WrittenIn<'households'> {
  const { id, number, originalNumber, group, head, size, phone, note } = household;
  return added('households', {
    ...{ villageId, id, number, numberKey: householdNumberKey(number) },
    ...{ originalNumber, originalKey: keptOriginalKey(number, originalNumber) },
    ...{ groupName: group, head, headPinyin: headPinyin(head), size, phone, note },
    ...{ state: 'active', pinHash: null, pinSetAtMs: null, showsName: null, goalGoodsId: null },
    ...{ closedAtMs: null, successorId: null, createdAtMs: nowMs, updatedAtMs: nowMs, erasedAtMs: null },
  });
}

/** The row of a household of which some fields change. */
export function changedHousehold(
  was: RowOf<'households'>,
  changes: Partial<HouseholdFields>,
  nowMs: number,
): WrittenIn<'households'> {
  return changed('households', was, columnsAfter(was, changes, nowMs));
}

/** Adds a household with a card; without a number it gets the next free one. */
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
  await refuseTakenNumber(tx, villageId, household.id, number);
  const { originalNumber = null } = household;
  await writeRows(tx, [newHousehold(villageId, { ...household, number, originalNumber }, ink.nowMs)]);
  await giveCards(tx, villageId, [household.id], ink);
}

type Changes = Partial<HouseholdFields & { readonly showsName: boolean | null }>;

/** Asks a second person for another number or head: points, card and PIN would go over to somebody else. */
function needSecondForIdentity(
  at: GuardedAt & { readonly nowMs: number },
  now: RowOf<'households'>,
  changes: Changes,
): void {
  const { number = now.number, head = now.head } = changes;
  if ((number === now.number && head === now.head) || isJustMade(now, at)) return;
  const { originalNumber, groupName: group, size, phone, note, showsName } = now;
  const was = { number: now.number, originalNumber, group, head: now.head, size, phone, note, showsName };
  needSecond(at, { on: `household:${now.id}`, was, is: { ...was, ...changes } });
}

/** Writes the fields given, leaves the others. */
export async function changeHousehold(
  tx: Tx,
  villageId: string,
  id: string,
  changes: Changes,
  at: GuardedAt & { readonly nowMs: number },
): Promise<void> {
  const { households } = tx.t;
  await tx.lockBook(villageId);
  const isThis = and(eq(households.villageId, villageId), eq(households.id, id));
  const [now] = await tx.db.select().from(households).where(isThis);
  if (!now) throw new Refusal('household.not_found');
  if (now.erasedAtMs !== null) throw new Refusal('household.erased', { number: now.number });
  if (changes.number !== undefined) await refuseTakenNumber(tx, villageId, id, changes.number);
  needSecondForIdentity(at, now, changes);
  await tx.db
    .update(households)
    .set(columnsAfter(now, changes, at.nowMs))
    .where(isThis)
    .returning({ id: households.id });
}

/** The columns that change with these fields, among them those by which the household is found. */
function columnsAfter(
  now: Pick<HouseholdFields, 'number' | 'originalNumber'>,
  changes: Changes,
  nowMs: number,
): Partial<RowOf<'households'>> {
  const { number, group, head, ...rest } = changes;
  const original = rest.originalNumber === undefined ? now.originalNumber : rest.originalNumber;
  const isFoundAnew = number !== undefined || rest.originalNumber !== undefined;
  return {
    ...rest,
    ...(number === undefined ? {} : { number, numberKey: householdNumberKey(number) }),
    ...(isFoundAnew ? { originalKey: keptOriginalKey(number ?? now.number, original) } : {}),
    ...(group === undefined ? {} : { groupName: group }),
    ...(head === undefined ? {} : { head, headPinyin: headPinyin(head) }),
    updatedAtMs: nowMs,
  };
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
