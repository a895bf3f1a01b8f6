import { and, eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/store.ts';
import { ERASED_HEAD } from '../../shared/households/column-words.ts';
import { dropSlips } from './pin-slips.ts';

/** The texts by which a household may be found in stored papers and answers: its id, name and phone. */
export async function personalTexts(reader: Reader, villageId: string, id: string): Promise<string[]> {
  const { households } = reader.t;
  const rows = await reader.db
    .select({ head: households.head, phone: households.phone })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.id, id)));
  return [id, ...rows.flatMap(({ head, phone }) => [head, phone ?? ''])].filter((text) => text !== '');
}

/** Erases all that says whose account it was. Number, days and state stay: the books name them. */
export async function eraseHousehold(tx: Tx, villageId: string, id: string, nowMs: number): Promise<void> {
  const { households } = tx.t;
  await dropSlips(tx, villageId, [id]);
  await tx.db
    .update(households)
    .set({
      head: ERASED_HEAD,
      headPinyin: '',
      originalNumber: null,
      originalKey: null,
      groupName: '',
      size: null,
      phone: null,
      note: '',
      pinHash: null,
      pinSetAtMs: null,
      showsName: null,
      goalGoodsId: null,
      successorId: null,
      updatedAtMs: nowMs,
      erasedAtMs: nowMs,
    })
    .where(and(eq(households.villageId, villageId), eq(households.id, id)))
    .returning({ id: households.id });
}
