import type { Reader, Tx } from '../../db/index.ts';
import type { Act } from '../../shared/acts/act.ts';
import { addDays } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import type { FrozenHandover } from '../../shared/handovers/pack.ts';
import { CHANGED_DAYS_MOST, HANDOVER_DAYS } from '../../shared/handovers/states.ts';
import { mayDo } from '../../shared/permissions.ts';
import { freeze } from '../documents/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { readHead } from '../ledger/index.ts';
import { findStaff, listStaff } from '../staff/index.ts';
import { readPack } from './pack.ts';
import { type HandoverNow, readHandovers, stateOf } from './state.ts';

interface At {
  readonly village: VillageContext;
  readonly actor: Actor;
  readonly today: string;
  readonly nowMs: number;
  readonly newId: () => string;
}

interface Wanted {
  readonly fromStaffId: string;
  readonly toStaffId: string;
  readonly changedOn: string;
}

/** The people who may be a side: everybody in office but supervisors. */
export async function possibleSides(reader: Reader, villageId: string) {
  const staff = await listStaff(reader, villageId);
  return staff.filter(({ disabledAtMs, roles }) => disabledAtMs === null && mayDo(roles, 'handover.sign'));
}

/**
 * Freezes what is handed over as it is now. Answers its id, and the act that tells of it. Refuses with staff.not_found,
 * handover.people, handover.day, handover.under_way.
 */
export async function startHandover(
  tx: Tx,
  at: At,
  { fromStaffId, toStaffId, changedOn }: Wanted,
): Promise<{ id: string; act: Act<'handovers.started'> }> {
  const { village, actor, today, nowMs } = at;
  await tx.lockBook(village.id);
  for (const person of [fromStaffId, toStaffId]) await findStaff(tx, village.id, person);
  const sides = new Set((await possibleSides(tx, village.id)).map(({ id }) => id));
  if (fromStaffId === toStaffId || !sides.has(fromStaffId) || !sides.has(toStaffId))
    throw new Refusal('handover.people');
  if (changedOn > today || changedOn < addDays(today, -CHANGED_DAYS_MOST)) throw new Refusal('handover.day');
  const before = await readHandovers(tx, village.id);
  if (before.some((one) => stateOf(one) === 'open')) throw new Refusal('handover.under_way');
  const head = await readHead(tx, village.id);
  const id = at.newId();
  const document: FrozenHandover = {
    ...{ kind: 'handover', villageId: village.id },
    head: { number: head?.number ?? 0, hash: head?.hash ?? '' },
    ...{ from: fromStaffId, to: toStaffId, changedOn, dueOn: addDays(changedOn, HANDOVER_DAYS) },
    ...{ startedBy: actor.id, startedAtMs: nowMs },
    ...(await readPack(tx, village, { today, sinceMs: lastSignedMs(before) })),
  };
  const covers = { afterNumber: 0, headNumber: document.head.number };
  const body = JSON.stringify(document);
  const hash = await freeze(tx, village.id, { kind: 'handover', id, body, ...covers }, nowMs);
  const { from, to, dueOn } = document;
  const told = { from, to, changedOn, dueOn, head: String(document.head.number), document: hash };
  return { id, act: { act: 'handovers.started', on: `handover:${id}`, is: told } };
}

/** When the last pack that both sides signed was frozen; 0 before the first. */
function lastSignedMs(all: readonly HandoverNow[]): number {
  return all.find((one) => stateOf(one) === 'signed')?.started.bookedAtMs ?? 0;
}
