import type { At } from '../at.ts';
import type { z } from 'zod';
import type { Reader } from '../../db/store.ts';
import type { householdChange } from '../../shared/households/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { nextHouseholdNumber } from '../../shared/households/number.ts';
import type { HouseholdChange } from '../../shared/proposals/states.ts';
import { type HouseholdName, householdNames, refuseTakenNumber, takenNumbers } from '../households/index.ts';
import { heldAccount, householdAccount } from '../households/ledger-kinds.ts';
import { accountId, balancesOf } from '../ledger/index.ts';
import { propose } from './create.ts';
import { readWaiting, touches, type WaitingProposal } from './open-proposals.ts';

type ChangeBody = z.output<typeof householdChange>;

/** Proposes to split a household, to merge it into another or to close it; nothing changes until a second person approves. */
export async function createChange(work: At, householdId: string, body: ChangeBody): Promise<{ id: string }> {
  const { tx, villageId } = work;
  await tx.lockBook(villageId);
  const otherId = body.kind === 'merge' ? body.intoId : body.kind === 'departure' ? body.toId : null;
  const { household } = await openHouseholds(tx, villageId, householdId, otherId);
  const waiting = await readWaiting(tx, villageId, [householdId]);
  refuseWaiting(household, waiting);
  const balance = await balanceWithoutHolds(tx, villageId, household);
  const change = body.kind === 'split' ? await splitOf(work, body, balance, waiting) : changeOf(body);
  const points = 0 - (change.kind === 'split' ? change.pointsHundredths : balance);
  return propose(work, { kind: body.kind, householdId, points, note: body.reason, change });
}

/** The household and the other one of a change, both open and not the same. */
export async function openHouseholds(
  reader: Reader,
  villageId: string,
  householdId: string,
  otherId: string | null,
): Promise<{ household: HouseholdName; other: HouseholdName | null }> {
  const names = await householdNames(reader, villageId, [
    householdId,
    ...(otherId === null ? [] : [otherId]),
  ]);
  const find = (id: string) => {
    const found = names.get(id);
    if (!found) throw new Refusal('household.not_found');
    if (found.state === 'closed') throw new Refusal('household.closed', { number: found.number });
    return found;
  };
  const household = find(householdId);
  if (otherId === householdId) throw new Refusal('household.same');
  return { household, other: otherId === null ? null : find(otherId) };
}

/** Refuses while something else that touches the household waits to be decided. */
export function refuseWaiting({ id, number }: HouseholdName, waiting: readonly WaitingProposal[]): void {
  const count = waiting.filter((proposal) => touches(proposal, id)).length;
  if (count > 0) throw new Refusal('household.waiting', { number, count });
}

/** The whole balance; refuses while some of the points are set aside for a reservation. */
export async function balanceWithoutHolds(
  reader: Reader,
  villageId: string,
  { id, number }: HouseholdName,
): Promise<number> {
  const [own, aside] = [householdAccount(id), heldAccount(id)];
  const amounts = await balancesOf(reader, villageId, [own, aside]);
  const held = amounts.get(accountId(aside)) ?? 0;
  if (held !== 0) throw new Refusal('household.held', { number, held });
  return amounts.get(accountId(own)) ?? 0;
}

function changeOf(body: Exclude<ChangeBody, { kind: 'split' }>): HouseholdChange {
  return body.kind === 'merge'
    ? { kind: 'merge', intoId: body.intoId }
    : { kind: 'departure', toId: body.toId };
}

/** The number is fixed now, so that who approves sees it; another split that waits keeps the one it was given. */
async function splitOf(
  work: At,
  { fresh, points }: Extract<ChangeBody, { kind: 'split' }>,
  balance: number,
  waiting: readonly WaitingProposal[],
): Promise<Extract<HouseholdChange, { kind: 'split' }>> {
  if (points > balance) throw new Refusal('household.split_points', { balance: Math.max(0, balance) });
  const { tx, villageId } = work;
  const id = work.newId();
  const { number: wanted, group, head, size = null, phone = null } = fresh;
  const promised = waiting.flatMap(({ change }) => (change?.kind === 'split' ? [change.fresh.number] : []));
  const number = wanted ?? nextHouseholdNumber([...(await takenNumbers(tx, villageId)), ...promised]);
  await refuseTakenNumber(tx, villageId, id, number);
  return { kind: 'split', fresh: { id, number, group, head, size, phone }, pointsHundredths: points };
}
