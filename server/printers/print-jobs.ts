import { and, eq, lt } from 'drizzle-orm';
import type { Store, Tx } from '../../db/index.ts';

/** A slip that a kiosk asks for. */
export interface PrintJob {
  readonly villageId: string;
  readonly kioskId: string;
  readonly key: string;
  /** Null: a statement, or the slip of a return. */
  readonly redemptionId: string | null;
  readonly nowMs: number;
}

/** Outcomes after which nothing of the slip can be on paper. */
const NOTHING_ON_PAPER: readonly string[] = ['unreachable', 'busy'];

type Claim =
  /** It is this request that prints. */
  | { readonly is: 'mine'; readonly wasPrinted: boolean }
  | { readonly is: 'asked before'; readonly outcome: string | null };

/** Notes a job before anything is sent: a key that is there already prints nothing any more. */
export async function claimJob(store: Store, job: PrintJob): Promise<Claim> {
  const { villageId, kioskId, key, redemptionId, nowMs } = job;
  return store.transaction(async (tx) => {
    // Two slips of a redemption may be asked for at once: the lock makes the second one see the first, and say that it is a reprint.
    await tx.lockBook(villageId);
    const { printJobs } = tx.t;
    const wasPrinted = redemptionId !== null && (await isOnPaper(tx, villageId, redemptionId));
    const added = await tx.db
      .insert(printJobs)
      .values({ villageId, kioskId, key, redemptionId, askedAtMs: nowMs, outcome: null })
      .onConflictDoNothing()
      .returning({ key: printJobs.key });
    if (added.length > 0) return { is: 'mine', wasPrinted };
    const [row] = await tx.db
      .select({ outcome: printJobs.outcome })
      .from(printJobs)
      .where(isJob(printJobs, job));
    return { is: 'asked before', outcome: row?.outcome ?? null };
  }, villageId);
}

/** Notes what became of a job. */
export async function noteOutcome(store: Store, job: PrintJob, outcome: string): Promise<void> {
  await store.transaction(async (tx) => {
    const { printJobs } = tx.t;
    await tx.db
      .update(printJobs)
      .set({ outcome })
      .where(isJob(printJobs, job))
      .returning({ key: printJobs.key });
  });
}

/** Drops jobs from before: their keys are not asked for again. */
export async function dropOldJobs(tx: Tx, beforeMs: number): Promise<void> {
  const { printJobs } = tx.t;
  await tx.db.delete(printJobs).where(lt(printJobs.askedAtMs, beforeMs)).returning({ key: printJobs.key });
}

/** Whether a slip of the redemption may be on paper already, whole or in part. */
async function isOnPaper(tx: Tx, villageId: string, redemptionId: string): Promise<boolean> {
  const { printJobs } = tx.t;
  const rows = await tx.db
    .select({ outcome: printJobs.outcome })
    .from(printJobs)
    .where(and(eq(printJobs.villageId, villageId), eq(printJobs.redemptionId, redemptionId)));
  return rows.some(({ outcome }) => outcome === null || !NOTHING_ON_PAPER.includes(outcome));
}

function isJob(printJobs: Tx['t']['printJobs'], { villageId, kioskId, key }: PrintJob) {
  return and(eq(printJobs.villageId, villageId), eq(printJobs.kioskId, kioskId), eq(printJobs.key, key));
}
