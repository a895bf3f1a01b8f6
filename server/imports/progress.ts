import { and, eq, gt, lt } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import type { ImportEffect, ImportState } from '../../shared/imports/contract.ts';

interface ImportRef {
  readonly villageId: string;
  readonly importId: string;
}

/** An import that is being written. */
export interface UnderWay {
  readonly progress: NonNullable<ImportState['progress']>;
  /** The changes that it will make, without the findings. */
  readonly effect: ImportEffect;
}

/** A process that has said nothing for so long has died: a step takes a fraction of a second. */
const SILENT_MS_MOST = 60_000;

/** Tells that an import is being written. */
export async function beginProgress(
  tx: Tx,
  { villageId, importId }: ImportRef,
  { total, effect }: { readonly total: number; readonly effect: ImportEffect },
  nowMs: number,
): Promise<void> {
  const { importProgress } = tx.t;
  const told = { done: 0, total, effect: { ...effect, problems: [] }, toldAtMs: nowMs };
  await tx.db
    .insert(importProgress)
    .values({ villageId, importId, ...told })
    .onConflictDoUpdate({ target: [importProgress.villageId, importProgress.importId], set: told })
    .returning({ done: importProgress.done });
}

/** Tells how many rows are done. It never goes back, so that an import that has to be prepared again looks no worse. */
export async function tellProgress(
  tx: Tx,
  { villageId, importId }: ImportRef,
  done: number,
  nowMs: number,
): Promise<void> {
  const { importProgress } = tx.t;
  await tx.db
    .update(importProgress)
    .set({ done, toldAtMs: nowMs })
    .where(and(isOf(tx, { villageId, importId }), lt(importProgress.done, done)))
    .returning({ done: importProgress.done });
}

/** Forgets the progress of an import that is over, however it ended. */
export async function endProgress(tx: Tx, ref: ImportRef): Promise<void> {
  await tx.db.delete(tx.t.importProgress).where(isOf(tx, ref)).returning({ done: tx.t.importProgress.done });
}

/** Finds how far an import is; undefined when nobody is writing it. */
export async function progressOf(
  reader: Reader,
  ref: ImportRef,
  nowMs: number,
): Promise<UnderWay | undefined> {
  const { importProgress } = reader.t;
  const [found] = await reader.db
    .select({ done: importProgress.done, total: importProgress.total, effect: importProgress.effect })
    .from(importProgress)
    .where(and(isOf(reader, ref), gt(importProgress.toldAtMs, nowMs - SILENT_MS_MOST)));
  if (!found) return undefined;
  const { effect, ...progress } = found;
  return { progress, effect };
}

/** Forgets the progress of imports whose process died. */
export async function dropSilentProgress(tx: Tx, nowMs: number): Promise<void> {
  const { importProgress } = tx.t;
  await tx.db
    .delete(importProgress)
    .where(lt(importProgress.toldAtMs, nowMs - SILENT_MS_MOST))
    .returning({ done: importProgress.done });
}

function isOf({ t: { importProgress } }: Reader, { villageId, importId }: ImportRef) {
  return and(eq(importProgress.villageId, villageId), eq(importProgress.importId, importId));
}
