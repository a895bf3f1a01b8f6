import { and, count, eq, gt, gte, inArray, max, or } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { addDays, DAY_MS } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import {
  type ObjectionChannel,
  type ObjectionKind,
  objectionsThat,
  OPEN_BY_PHONE_MOST,
} from '../../shared/objections/states.ts';
import { type ContestedDeed, deedInQuestion, objectionCame } from '../proposals/index.ts';
import { isHanging } from '../notices/index.ts';
import type { ObjectionAt } from './objection-at.ts';
import { type ObjectionRow, sealOfObjection } from './objection-row.ts';

export interface Received {
  readonly kind: ObjectionKind;
  readonly channel: ObjectionChannel;
  readonly proposalId?: string | undefined;
  readonly entry?: number | undefined;
  /** The household whose phone it is. */
  readonly householdId: string | null;
  readonly name: string;
  readonly words: string;
}

interface Receipt {
  readonly id: string;
  readonly number: number;
  readonly dueOn: string;
  readonly acts: readonly AnyAct[];
}

/**
 * Receives an objection, suggestion or complaint under the next number. A deed on notice is held by it. Refuses with
 * objection.no_deed, proposal.not_found, objection.deed_closed, and by phone with objection.twice, objection.too_many.
 */
export async function receiveObjection(tx: Tx, at: ObjectionAt, received: Received): Promise<Receipt> {
  const { village, nowMs } = at;
  await tx.lockBook(village.id);
  const deed = received.kind === 'objection' ? await deedOf(tx, village.id, received) : null;
  const { householdId, kind, channel, name, words } = received;
  if (householdId !== null) await refuseFlood(tx, { villageId: village.id, householdId, nowMs }, deed);
  const row: ObjectionRow = {
    ...{ villageId: village.id, id: at.newId(), number: await nextNumber(tx, village.id), kind, channel },
    proposalId: deed?.row.id ?? null,
    entryNumber: deed?.row.journalNumber ?? null,
    noticeId: deed?.row.noticeId ?? null,
    ...{ householdId, name, words, salt: at.newSalt(), state: 'open', outcome: null },
    ...{ receivedBy: at.by, receivedAtMs: nowMs, answeredAtMs: null },
    dueOn: addDays(at.today, village.settings.objectionDays),
  };
  const event = {
    ...{ villageId: village.id, objectionId: row.id, step: 1, fromState: null, toState: row.state },
    ...{ outcome: null, actorId: at.by, reason: '', salt: '', atMs: nowMs },
  } as const;
  await tx.db.insert(tx.t.objections).values(row).returning({ id: tx.t.objections.id });
  await tx.db.insert(tx.t.objectionEvents).values(event).returning({ id: tx.t.objectionEvents.step });
  const { id, number, dueOn } = row;
  const told = {
    ...{ number, kind, channel, deed: row.proposalId, entry: row.entryNumber, notice: row.noticeId },
    ...{ dueOn, seal: sealOf(row) },
  };
  const steps = deed ? await objectionCame(tx, { ...at, villageId: village.id }, deed) : [];
  return {
    ...{ id, number, dueOn },
    acts: [{ act: 'objections.received', on: `objection:${id}`, is: told }, ...steps],
  };
}

function sealOf(row: ObjectionRow): string {
  return sealOfObjection(row) ?? '';
}

/** Finds the deed: one that is on notice, or an entry; by phone of the own household, or on a notice that hangs. */
async function deedOf(tx: Tx, villageId: string, asked: Received): Promise<ContestedDeed> {
  const deed = await deedInQuestion(tx, villageId, asked);
  const absent = asked.proposalId === undefined ? 'objection.no_deed' : 'proposal.not_found';
  if (!deed) throw new Refusal(absent);
  const { state, householdId, noticeId } = deed.row;
  const isOwn = asked.householdId === null || asked.householdId === householdId;
  const isOnNotice = state === 'on_notice' || state === 'contested';
  if (!isOwn) {
    // A deed of others is public while its notice hangs, and only then.
    const hangs = isOnNotice && noticeId !== null && (await isHanging(tx, villageId, noticeId));
    if (!hangs) throw new Refusal(absent);
  }
  if (!isOnNotice && state !== 'posted') throw new Refusal('objection.deed_closed');
  return deed;
}

/** A household objects to a deed once after each approval, and has few objections open. */
async function refuseFlood(
  { db, t: { objections } }: Reader,
  {
    villageId,
    householdId,
    nowMs,
  }: { readonly villageId: string; readonly householdId: string; readonly nowMs: number },
  deed: ContestedDeed | null,
): Promise<void> {
  const own = and(eq(objections.villageId, villageId), eq(objections.householdId, householdId));
  const [found] = await db
    .select({ total: count() })
    .from(objections)
    .where(
      and(
        own,
        or(
          inArray(objections.state, objectionsThat('holdsDeed')),
          gt(objections.receivedAtMs, nowMs - DAY_MS),
        ),
      ),
    );
  if (deed) {
    const [same] = await db
      .select({ id: objections.id })
      .from(objections)
      .where(
        and(
          own,
          eq(objections.proposalId, deed.row.id),
          or(
            inArray(objections.state, objectionsThat('holdsDeed')),
            gte(objections.receivedAtMs, deed.row.decidedAtMs ?? 0),
          ),
        ),
      )
      .limit(1);
    if (same) throw new Refusal('objection.twice');
  }
  if ((found?.total ?? 0) >= OPEN_BY_PHONE_MOST)
    throw new Refusal('objection.too_many', { most: OPEN_BY_PHONE_MOST });
}

async function nextNumber({ db, t: { objections } }: Reader, villageId: string): Promise<number> {
  const [row] = await db
    .select({ last: max(objections.number) })
    .from(objections)
    .where(eq(objections.villageId, villageId));
  return (row?.last ?? 0) + 1;
}
