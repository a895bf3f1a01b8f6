import type { z } from 'zod';
import type { householdChange } from '../../shared/households/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { householdNumberKey, nextHouseholdNumber } from '../../shared/households/number.ts';
import type { HouseholdChange } from '../../shared/proposals/states.ts';
import type { DecideAt } from '../at.ts';
import { command, given } from '../commands/index.ts';
import { householdById, type HouseholdName, householdNumbers } from '../households/index.ts';
import { heldAccount, householdAccount } from '../households/ledger-kinds.ts';
import { balanceIn, type Book, statesOf } from '../ledger/index.ts';
import type { NameOf } from './cap-refusal.ts';
import { proposing } from './create.ts';
import { refuseWaiting, waitingAround, type WaitingProposal } from './open-proposals.ts';

type ChangeBody = z.output<typeof householdChange>;

/** Proposes to split a household, to merge it into another or to close it; nothing changes until a second person approves. */
export const createChange = command<{ readonly householdId: string; readonly body: ChangeBody }, DecideAt>()({
  reads: ({ householdId, body }) => ({
    ...askForChange(householdId, otherIdOf(body)),
    numbers: body.kind === 'split' ? householdNumbers.one(['']) : given([]),
  }),
  decide({ households, waiting, states, numbers }, { householdId, body }, at) {
    const { household } = openHouseholds(households, householdId, otherIdOf(body));
    refuseWaiting(household, waiting);
    const balance = balanceWithoutHolds(states, household);
    const change = body.kind === 'split' ? splitOf(body, balance, { numbers, waiting }, at) : changeOf(body);
    const points = 0 - (change.kind === 'split' ? change.pointsHundredths : balance);
    return proposing(at, { kind: body.kind, householdId, points, note: body.reason, change });
  },
});

/** Asks for everything that may stand against a change of this household, when it is proposed and when it is carried out. */
export function askForChange(householdId: string, otherId: string | null) {
  const ids = [householdId, ...(otherId === null ? [] : [otherId])];
  return {
    households: householdById.each(ids.map((id) => [id])),
    waiting: waitingAround.one([householdId]),
    states: statesOf([householdAccount(householdId), heldAccount(householdId)]),
  };
}

/** The household and the other one of a change, both open and not the same. */
export function openHouseholds(
  find: NameOf,
  householdId: string,
  otherId: string | null,
): { household: HouseholdName; other: HouseholdName | null } {
  const open = (id: string) => {
    const found = find(id);
    if (!found) throw new Refusal('household.not_found');
    if (found.state === 'closed') throw new Refusal('household.closed', { number: found.number });
    return found;
  };
  const household = open(householdId);
  if (otherId === householdId) throw new Refusal('household.same');
  return { household, other: otherId === null ? null : open(otherId) };
}

/** The whole balance; refuses while some of the points are set aside for a reservation. */
export function balanceWithoutHolds(states: Book['states'], { id, number }: HouseholdName): number {
  const held = balanceIn(states, heldAccount(id));
  if (held !== 0) throw new Refusal('household.held', { number, held });
  return balanceIn(states, householdAccount(id));
}

function otherIdOf(body: ChangeBody): string | null {
  if (body.kind === 'merge') return body.intoId;
  return body.kind === 'departure' ? body.toId : null;
}

function changeOf(body: Exclude<ChangeBody, { kind: 'split' }>): HouseholdChange {
  return body.kind === 'merge'
    ? { kind: 'merge', intoId: body.intoId }
    : { kind: 'departure', toId: body.toId };
}

interface NumbersInUse {
  readonly numbers: readonly string[];
  readonly waiting: readonly WaitingProposal[];
}

/** The number is fixed now, so that who approves sees it; another split that waits keeps the one it was given. */
function splitOf(
  { fresh, points }: Extract<ChangeBody, { kind: 'split' }>,
  balance: number,
  { numbers, waiting }: NumbersInUse,
  { newId }: DecideAt,
): Extract<HouseholdChange, { kind: 'split' }> {
  if (points > balance) throw new Refusal('household.split_points', { balance: Math.max(0, balance) });
  const { number: wanted, group, head, size = null, phone = null } = fresh;
  const promised = waiting.flatMap(({ change }) => (change?.kind === 'split' ? [change.fresh.number] : []));
  const number = wanted ?? nextHouseholdNumber([...numbers, ...promised]);
  const key = householdNumberKey(number);
  if (numbers.some((taken) => householdNumberKey(taken) === key))
    throw new Refusal('household.number_taken', { number });
  return {
    kind: 'split',
    fresh: { id: newId(), number, group, head, size, phone },
    pointsHundredths: points,
  };
}
