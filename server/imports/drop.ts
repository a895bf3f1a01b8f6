import { and, type Column, eq, lt, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import { dropSilentProgress } from './progress.ts';

const HOUR_MS = 3_600_000;

/** Deletes uploads that nobody confirmed: they hold names and phone numbers. */
export async function dropUnconfirmed(tx: Tx, beforeMs: number): Promise<void> {
  const { imports } = tx.t;
  await tx.db
    .delete(imports)
    .where(and(eq(imports.state, 'read'), lt(imports.createdAtMs, beforeMs)))
    .returning({ id: imports.id });
}

/** Deletes what is written within minutes, if at all: it was staged by a process that died. */
export async function dropAbandoned(tx: Tx, nowMs: number): Promise<void> {
  const { stagedRows } = tx.t;
  await dropSilentProgress(tx, nowMs);
  await tx.db
    .delete(stagedRows)
    .where(lt(stagedRows.stagedAtMs, nowMs - HOUR_MS))
    .returning({ place: stagedRows.place });
}

/** Deletes what was staged for an import that is over. */
export async function dropStaged(
  tx: Tx,
  { villageId, importId }: { readonly villageId: string; readonly importId: string },
): Promise<void> {
  const { stagedRows } = tx.t;
  await tx.db
    .delete(stagedRows)
    .where(and(eq(stagedRows.villageId, villageId), eq(stagedRows.importId, importId)));
}

/** Deletes unconfirmed uploads, and what was staged of them, that hold one of these texts, whatever their age. */
export async function dropUnconfirmedWith(
  tx: Tx,
  villageId: string,
  texts: readonly string[],
): Promise<void> {
  const { imports, stagedRows } = tx.t;
  const has = (json: Column) => {
    const text = sql`cast(${json} as text)`;
    return or(...texts.map((one) => sql`${text} like ${`%${one.replace(/[%_!]/g, '!$&')}%`} escape '!'`));
  };
  await tx.db
    .delete(imports)
    .where(and(eq(imports.villageId, villageId), eq(imports.state, 'read'), has(imports.reading)))
    .returning({ id: imports.id });
  await tx.db
    .delete(stagedRows)
    .where(and(eq(stagedRows.villageId, villageId), has(stagedRows.value)))
    .returning({ place: stagedRows.place });
}
