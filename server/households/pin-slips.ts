import { and, asc, eq, gt, inArray, lte } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader, Tx } from '../../db/store.ts';
import { PIN_SLIP_HOURS } from '../../shared/households/pin-runs.ts';
import { type AnswerKeys, type RandomBytes, seal, unseal } from '../http/index.ts';
import type { Job } from '../jobs/index.ts';

const HOUR_MS = 3_600_000;
const SWEEP_EVERY_MS = HOUR_MS / 4;

/** The person who makes PINs, and the keys that seal them. */
export interface SlipMaker {
  readonly villageId: string;
  readonly madeBy: string;
  readonly nowMs: number;
  readonly keys: AnswerKeys;
  readonly random: RandomBytes;
}

/** Keeps the PIN sealed until it is a day old, in place of an earlier one of the household. */
export async function keepSlip(
  tx: Tx,
  { villageId, madeBy, nowMs, keys, random }: SlipMaker,
  householdId: string,
  pin: string,
) {
  const { pinSlips } = tx.t;
  const sealed = seal(keys, random, pin, boundTo(villageId, householdId, madeBy));
  const slip = { madeBy, madeAtMs: nowMs, sealed };
  await tx.db
    .insert(pinSlips)
    .values({ villageId, householdId, ...slip })
    .onConflictDoUpdate({ target: [pinSlips.villageId, pinSlips.householdId], set: slip })
    .returning({ householdId: pinSlips.householdId });
}

type Maker = Pick<SlipMaker, 'villageId' | 'madeBy' | 'nowMs'>;

/** The households whose PINs this person made within a day and has not taken out. */
export async function pinSlipsOf(
  reader: Reader,
  maker: Maker,
): Promise<{ householdId: string; madeAtMs: number }[]> {
  const rows = await sealedSlips(reader, maker);
  return rows.map(({ householdId, madeAtMs }) => ({ householdId, madeAtMs }));
}

/** Takes PINs of these households out, for paper: whoever reads one is the last to do so. Call under the village's lock. */
export async function takeSlips(
  tx: Tx,
  { keys, ...maker }: Maker & Pick<SlipMaker, 'keys'>,
  householdIds: readonly string[],
): Promise<{ householdId: string; pin: string; madeAtMs: number }[]> {
  const { villageId, madeBy } = maker;
  const wanted = new Set(householdIds);
  const rows = (await sealedSlips(tx, maker)).filter(({ householdId }) => wanted.has(householdId));
  await dropSlips(
    tx,
    villageId,
    rows.map(({ householdId }) => householdId),
  );
  return rows.flatMap(({ householdId, madeAtMs, sealed }) => {
    const pin = unseal(keys, sealed, boundTo(villageId, householdId, madeBy));
    // The server's secret was replaced since: the PIN is valid, but nobody can print it any more.
    return pin === null ? [] : [{ householdId, pin, madeAtMs }];
  });
}

async function sealedSlips(reader: Reader, { villageId, madeBy, nowMs }: Maker) {
  const { pinSlips, households } = reader.t;
  return reader.db
    .select({
      householdId: pinSlips.householdId,
      madeAtMs: pinSlips.madeAtMs,
      sealed: pinSlips.sealed,
    })
    .from(pinSlips)
    .innerJoin(
      households,
      and(eq(households.villageId, pinSlips.villageId), eq(households.id, pinSlips.householdId)),
    )
    .where(
      and(
        eq(pinSlips.villageId, villageId),
        eq(pinSlips.madeBy, madeBy),
        gt(pinSlips.madeAtMs, endOfLifeMs(nowMs)),
        eq(households.state, 'active'),
      ),
    )
    .orderBy(asc(households.numberKey));
}

/** The households' slips are no longer valid: another PIN was set, or the data is erased. */
export async function dropSlips(tx: Tx, villageId: string, householdIds: readonly string[]): Promise<void> {
  const { pinSlips } = tx.t;
  for (const some of chunked(householdIds)) {
    await tx.db
      .delete(pinSlips)
      .where(and(eq(pinSlips.villageId, villageId), inArray(pinSlips.householdId, some)))
      .returning({ householdId: pinSlips.householdId });
  }
}

/** Deletes slips that are a day old. */
export async function sweepSlips(tx: Tx, nowMs: number): Promise<void> {
  const { pinSlips } = tx.t;
  await tx.db
    .delete(pinSlips)
    .where(lte(pinSlips.madeAtMs, endOfLifeMs(nowMs)))
    .returning({ householdId: pinSlips.householdId });
}

/** The daily sweep would leave them for up to two days. */
export const slipSweep: Job = {
  name: 'sweep of PIN slips',
  firstAfterMs: 60_000,
  everyMs: SWEEP_EVERY_MS,
  run: ({ store, clock }) => store.transaction((tx) => sweepSlips(tx, clock())),
};

function endOfLifeMs(nowMs: number): number {
  return nowMs - PIN_SLIP_HOURS * HOUR_MS;
}

function boundTo(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
