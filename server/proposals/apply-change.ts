import { and, eq } from 'drizzle-orm';
import type { AnyAct } from '../../shared/acts/act.ts';
import { CHANGE_TITLES } from '../../shared/households/column-words.ts';
import { type HouseholdChange, otherHouseholdOf } from '../../shared/proposals/states.ts';
import { askNow, together } from '../commands/index.ts';
import { bookActs } from '../acts/index.ts';
import {
  addHousehold,
  cardOf,
  closeHousehold,
  getHousehold,
  type HouseholdName,
  toldOf,
} from '../households/index.ts';
import { actsOfGrownKin, extendKin } from '../staff/index.ts';
import { extendVolunteerKin } from '../kiosk/index.ts';
import type { EntryInput, PostOutcome } from '../ledger/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { LAPSED, proposedFacts } from './ledger-kinds.ts';
import { askForChange, balanceWithoutHolds, openHouseholds } from './change.ts';
import { actAtOf, type ChangeWork } from './change-work.ts';
import { refuseWaiting } from './open-proposals.ts';

/** A proposal about what becomes of a household. */
interface ChangeRow {
  readonly id: string;
  readonly householdId: string;
  readonly note: string;
  readonly proposedBy: string;
  readonly change: Exclude<HouseholdChange, { kind: 'reversal' | 'erasure' }>;
}

type Move = Pick<EntryInput, 'kind' | 'lines'> & { readonly title: string };

/**
 * Applies an approved change: makes the new household, moves the points by one entry, closes the account that ends.
 * It checks everything again under the book's lock. Returns null if there was nothing to post.
 */
export async function applyChange(work: ChangeWork, row: ChangeRow): Promise<PostOutcome | null> {
  const { tx, villageId, nowMs, randomInt } = work;
  const { change, householdId } = row;
  const asked = together(askForChange(householdId, otherHouseholdOf(change)));
  const { households, waiting, states } = await askNow(tx, villageId, asked);
  const { household, other } = openHouseholds(households, householdId, otherHouseholdOf(change));
  const balance = balanceWithoutHolds(states, household);
  if (change.kind === 'split') {
    await addHousehold(tx, villageId, { ...change.fresh, note: '' }, { nowMs, randomInt });
    const kin = await growKin(work, householdId, change.fresh.id);
    const moved = await post(work, row, splitMove(household, change));
    if (moved?.ok === false) return moved;
    await noteSplit(work, { from: householdId, freshId: change.fresh.id, kin });
    return moved;
  }
  refuseWaiting(household, waiting);
  const outcome = await post(work, row, closingMove(household, other, change.kind, balance));
  if (outcome?.ok === false) return outcome;
  const { card } = await getHousehold(tx, villageId, householdId);
  const kin = other ? await growKin(work, householdId, other.id) : [];
  await closeHousehold(tx, villageId, { id: householdId, successorId: other?.id ?? null, nowMs });
  await noteClosing(work, { householdId, successorId: other?.id ?? null, card, kin });
  await keepPoints(work, row.id, 0 - balance);
  return outcome;
}

/** Kin of a household becomes kin of the one its people or points have gone to. Answers the acts of it. */
async function growKin({ tx, villageId }: ChangeWork, from: string, to: string): Promise<AnyAct[]> {
  const staff = await extendKin(tx, villageId, from, to);
  return [...actsOfGrownKin(staff, from, to), ...(await extendVolunteerKin(tx, villageId, from, to))];
}

async function noteSplit(
  work: ChangeWork,
  {
    from,
    freshId,
    kin,
  }: { readonly from: string; readonly freshId: string; readonly kin: readonly AnyAct[] },
): Promise<void> {
  const fresh = await getHousehold(work.tx, work.villageId, freshId);
  await bookActs(work.ledger, work.tx, actAtOf(work), [
    { act: 'households.created', on: `household:${freshId}`, is: { ...toldOf(fresh), from } },
    ...cardOf(fresh),
    ...kin,
  ]);
}

interface Closed {
  readonly householdId: string;
  readonly successorId: string | null;
  /** The card that ended with the account. */
  readonly card: { readonly lastDigits: string } | null;
  readonly kin: readonly AnyAct[];
}

async function noteClosing(work: ChangeWork, { householdId, successorId, card, kin }: Closed): Promise<void> {
  const on = `household:${householdId}` as const;
  const revoked = { act: 'cards.revoked', on, was: { card: card?.lastDigits ?? '' } } as const;
  await bookActs(work.ledger, work.tx, actAtOf(work), [
    { act: 'households.closed', on, is: { successor: successorId } },
    ...(card ? [revoked] : []),
    ...kin,
  ]);
}

function splitMove(
  from: HouseholdName,
  { fresh, pointsHundredths }: Extract<HouseholdChange, { kind: 'split' }>,
): Move {
  return {
    kind: 'transfer',
    title: CHANGE_TITLES.split(from, fresh),
    lines: [
      { account: householdAccount(from.id), amount: 0 - pointsHundredths },
      { account: householdAccount(fresh.id), amount: pointsHundredths },
    ],
  };
}

/** The whole balance leaves, a debt as well. */
function closingMove(
  from: HouseholdName,
  to: HouseholdName | null,
  kind: 'merge' | 'departure',
  balance: number,
): Move {
  const leaves = { account: householdAccount(from.id), amount: 0 - balance };
  if (to === null) {
    const lapses = { account: LAPSED, amount: balance };
    return { kind: 'closing', title: CHANGE_TITLES.departure(from), lines: [leaves, lapses] };
  }
  const title = kind === 'merge' ? CHANGE_TITLES.merge(from, to) : CHANGE_TITLES.departureTo(from, to);
  return { kind: 'transfer', title, lines: [leaves, { account: householdAccount(to.id), amount: balance }] };
}

async function post(
  { tx, ledger, villageId, today, actorId }: ChangeWork,
  { id, note, proposedBy }: ChangeRow,
  { kind, title, lines }: Move,
): Promise<PostOutcome | null> {
  if (lines.every(({ amount }) => amount === 0)) return null;
  return ledger.post(tx, {
    villageId,
    kind,
    effectiveOn: today,
    idempotencyKey: `proposal.${id}`,
    actorId,
    source: `proposal:${id}`,
    text: { title, note },
    lines,
    facts: proposedFacts({ proposedBy }),
  });
}

/** The proposal had the balance of its own day. It keeps the points that moved. */
async function keepPoints({ tx, villageId, today }: ChangeWork, id: string, points: number): Promise<void> {
  const { proposals } = tx.t;
  await tx.db
    .update(proposals)
    .set({ points, effectiveOn: today })
    .where(and(eq(proposals.villageId, villageId), eq(proposals.id, id)))
    .returning({ id: proposals.id });
}
