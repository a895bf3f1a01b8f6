import { and, eq, gt, lt, lte, or, sql, type SQL } from 'drizzle-orm';
import type { Reader, Store, Tables, Tx } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';

const minuteMs = 60_000;

/** How many wrong tries are free. Each further one has to wait twice as long as the one before. */
export interface GuardPolicy {
  readonly free: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Wrong tries are forgotten when none came for so long. */
  readonly forgetAfterMs: number;
}

/** For one account, card, kiosk or volunteer. */
export const ACCOUNT_POLICY: GuardPolicy = {
  free: 5,
  firstWaitMs: minuteMs,
  longestWaitMs: 60 * minuteMs,
  forgetAfterMs: 24 * 60 * minuteMs,
};

/** For one network address, behind which a whole village may sit. */
export const ADDRESS_POLICY: GuardPolicy = { ...ACCOUNT_POLICY, free: 50, forgetAfterMs: 60 * minuteMs };

/** How often something may be done in a time. */
export interface UsePolicy {
  readonly most: number;
  readonly windowMs: number;
}

export interface GuardedSubject {
  /** '' if the village is not known yet. */
  readonly villageId: string;
  /** For example household:<id> or volunteer:<id>; never a name or a number that says who it is. */
  readonly subject: string;
  readonly nowMs: number;
  readonly policy?: GuardPolicy;
  /**
   * The thing that was asked for, for the sentence of a refusal. It depends on the endpoint alone, so the sentence
   * does not tell whether the subject exists.
   */
  readonly what?: 'account' | 'password' | 'number' | 'card' | 'pin';
}

/**
 * Runs `check` (null: wrong) unless this subject is locked. Every try is counted as wrong before it is
 * checked and forgiven after it was right, so that any number of simultaneous guesses share the same few
 * tries, over all processes and restarts. Honest simultaneous tries of one subject wait for each other.
 */
export function guard<T>(store: Store, subject: GuardedSubject, check: () => Promise<T | null>): Promise<T> {
  return inTurn(store, turnOf(subject), async () => {
    const counted = await store.transaction((tx) => countTry(tx, subject));
    const found = await check();
    if (found === null) throw wrong(subject, counted);
    await store.transaction((tx) => forgive(tx, subject.villageId, subject.subject));
    return found;
  });
}

/**
 * Works like `guard` and also counts wrong tries for the place they came from, so that somebody who goes from one
 * household to the next waits too. Both are counted before the check. A right try is subtracted from its place again,
 * but nothing else is: somebody who knows one PIN must not wash away the wrong ones. Tries from one place run one at
 * a time, so that many honest ones never look like guesses.
 */
export function guardFrom<T>(
  store: Store,
  from: GuardedSubject,
  subject: GuardedSubject,
  check: () => Promise<T | null>,
): Promise<T> {
  return inTurn(store, turnOf(from), () =>
    inTurn(store, turnOf(subject), async () => {
      // The place's row is always written before the subject's. Two transactions that lock them in different orders
      // would wait for each other.
      const counted = await store.transaction(async (tx) => {
        const beforeMs = await lastWrongMs(tx, from);
        const { lockedUntilMs } = await countTry(tx, from);
        return { from: { beforeMs, lockedUntilMs }, subject: await countTry(tx, subject) };
      });
      const found = await check();
      if (found === null) throw wrong(subject, counted.subject);
      await store.transaction(async (tx) => {
        await giveBack(tx, from, counted.from);
        await forgive(tx, subject.villageId, subject.subject);
      });
      return found;
    }),
  );
}

/** How long the subject is still locked; 0 when it is not. */
export async function waitSeconds(
  reader: Reader,
  { villageId, subject, nowMs, policy = ACCOUNT_POLICY }: GuardedSubject,
): Promise<number> {
  const [row] = await reader.prepared(
    'identity.lockedUntil',
    ({ db, t: { authFailures } }) =>
      db
        .select({ untilMs: authFailures.lockedUntilMs })
        .from(authFailures)
        .where(
          and(
            eq(authFailures.villageId, sql.placeholder('villageId')),
            eq(authFailures.subject, sql.placeholder('subject')),
          ),
        ),
    { villageId, subject },
  );
  const untilMs = row?.untilMs ?? 0;
  return untilMs > nowMs && untilMs <= nowMs + policy.longestWaitMs ? secondsUntil(untilMs, nowMs) : 0;
}

interface Counted {
  readonly left: number;
  /** The end of the lock that this try set; 0 when it set none. */
  readonly lockedUntilMs: number;
}

/** Counts one wrong try; refuses when the subject is locked already. */
export async function countTry(tx: Tx, guarded: GuardedSubject): Promise<Counted> {
  const { villageId, subject, nowMs, policy = ACCOUNT_POLICY } = guarded;
  const { authFailures: failures } = tx.t;
  const key = rowOf(failures, guarded);
  const [counted] = await tx.db
    .insert(failures)
    .values({ villageId, subject, failures: 1, lockedUntilMs: 0, updatedAtMs: nowMs })
    .onConflictDoUpdate({
      target: [failures.villageId, failures.subject],
      set: {
        failures: sql`case when ${failures.updatedAtMs} < ${nowMs - policy.forgetAfterMs} then 1 else ${failures.failures} + 1 end`,
        updatedAtMs: nowMs,
      },
      // A lock that is longer than the longest was set by a clock that was ahead, and does not count.
      setWhere: or(
        lte(failures.lockedUntilMs, nowMs),
        gt(failures.lockedUntilMs, nowMs + policy.longestWaitMs),
      ),
    })
    .returning({ failures: failures.failures });
  if (!counted) {
    const [row] = await tx.db.select({ untilMs: failures.lockedUntilMs }).from(failures).where(key);
    throw locked(row?.untilMs ?? nowMs, nowMs);
  }
  const left = Math.max(0, policy.free - counted.failures);
  if (left > 0) return { left, lockedUntilMs: 0 };
  const lockedUntilMs = nowMs + waitMs(counted.failures, policy);
  await tx.db.update(failures).set({ lockedUntilMs }).where(key).returning({ subject: failures.subject });
  return { left, lockedUntilMs };
}

/**
 * Limits something that is no wrong try: it may be done `most` times in `windowMs`; after that the caller waits for
 * the rest of the window.
 */
export async function countUse(
  tx: Tx,
  { villageId, subject, nowMs, most, windowMs }: Omit<GuardedSubject, 'policy'> & UsePolicy,
): Promise<{ uses: number; waitSeconds: number }> {
  const { authFailures: failures } = tx.t;
  const isOver = sql`${failures.updatedAtMs} <= ${nowMs - windowMs}`;
  const [counted] = await tx.db
    .insert(failures)
    .values({ villageId, subject, failures: 1, lockedUntilMs: 0, updatedAtMs: nowMs })
    .onConflictDoUpdate({
      target: [failures.villageId, failures.subject],
      set: {
        failures: sql`case when ${isOver} then 1 else ${failures.failures} + 1 end`,
        updatedAtMs: sql`case when ${isOver} then ${nowMs} else ${failures.updatedAtMs} end`,
      },
    })
    .returning({ uses: failures.failures, sinceMs: failures.updatedAtMs });
  const uses = counted?.uses ?? 0;
  if (!counted || uses <= most) return { uses, waitSeconds: 0 };
  return { uses, waitSeconds: secondsUntil(counted.sinceMs + windowMs, nowMs) };
}

/** When the subject was last wrong; null when that is forgotten. */
async function lastWrongMs(tx: Tx, guarded: GuardedSubject): Promise<number | null> {
  const { authFailures: failures } = tx.t;
  const [row] = await tx.db
    .select({ atMs: failures.updatedAtMs })
    .from(failures)
    .where(rowOf(failures, guarded));
  return row?.atMs ?? null;
}

/** Undoes the counting of one right try, including a lock it may have set. Tries of others stay counted. */
async function giveBack(
  tx: Tx,
  guarded: GuardedSubject,
  counted: { readonly beforeMs: number | null; readonly lockedUntilMs: number },
): Promise<void> {
  const { authFailures: failures } = tx.t;
  const { nowMs, policy = ACCOUNT_POLICY } = guarded;
  const key = rowOf(failures, guarded);
  const { beforeMs, lockedUntilMs } = counted;
  const isFree = sql`${failures.failures} <= ${policy.free}`;
  const [left] = await tx.db
    .update(failures)
    .set({
      failures: sql`${failures.failures} - 1`,
      lockedUntilMs: sql`case when ${isFree} or ${failures.lockedUntilMs} = ${lockedUntilMs} then 0 else ${failures.lockedUntilMs} end`,
      // A right try must not delay when wrong tries are forgotten.
      updatedAtMs: sql`case when ${failures.updatedAtMs} = ${nowMs} then ${beforeMs ?? nowMs} else ${failures.updatedAtMs} end`,
    })
    .where(key)
    .returning({ failures: failures.failures });
  if (left && left.failures <= 0)
    await tx.db.delete(failures).where(key).returning({ subject: failures.subject });
}

/** Unlocks the subject and forgets its wrong tries. */
export async function forgive(tx: Tx, villageId: string, subject: string): Promise<void> {
  const { authFailures: failures } = tx.t;
  await tx.db
    .delete(failures)
    .where(and(eq(failures.villageId, villageId), eq(failures.subject, subject)))
    .returning({ subject: failures.subject });
}

/** Deletes counts that every policy has forgotten by then, so that guesses at random names leave nothing behind. */
export async function forgetOld(tx: Tx, beforeMs: number): Promise<void> {
  const { authFailures: failures } = tx.t;
  await tx.db
    .delete(failures)
    .where(lt(failures.updatedAtMs, beforeMs))
    .returning({ subject: failures.subject });
}

function waitMs(failures: number, { free, firstWaitMs, longestWaitMs }: GuardPolicy): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures - free, 20));
}

function wrong({ nowMs, what }: GuardedSubject, { left, lockedUntilMs }: Counted): Refusal {
  if (lockedUntilMs > 0) return locked(lockedUntilMs, nowMs);
  return new Refusal('auth.wrong', what === undefined ? { left } : { left, what });
}

function locked(untilMs: number, nowMs: number): Refusal {
  return new Refusal('auth.locked', { seconds: secondsUntil(untilMs, nowMs) });
}

function secondsUntil(untilMs: number, nowMs: number): number {
  return Math.max(1, Math.ceil((untilMs - nowMs) / 1000));
}

function rowOf(failures: Tables['authFailures'], { villageId, subject }: GuardedSubject): SQL | undefined {
  return and(eq(failures.villageId, villageId), eq(failures.subject, subject));
}

function turnOf({ villageId, subject }: GuardedSubject): string {
  return `${villageId} ${subject}`;
}

/** Tries under way in this process, by store and subject: each waits for the one before it. */
const turns = new WeakMap<Store, Map<string, Promise<unknown>>>();

async function inTurn<T>(store: Store, key: string, work: () => Promise<T>): Promise<T> {
  const queue = turns.get(store) ?? new Map<string, Promise<unknown>>();
  turns.set(store, queue);
  const before = queue.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  queue.set(key, mine);
  try {
    return await mine;
  } finally {
    if (queue.get(key) === mine) queue.delete(key);
  }
}
