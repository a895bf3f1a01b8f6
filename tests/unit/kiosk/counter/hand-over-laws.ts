import type { Effect } from '../../../../client/kiosk/counter/effects.ts';
import type { CounterEvent } from '../../../../client/kiosk/counter/events.ts';
import type { Owed, Place, RedeemContent, RowResult, Visit } from '../../../../client/kiosk/counter/state.ts';
import { broken } from './law.ts';
import {
  COUNTER_MOST,
  HOUSEHOLD_MOST,
  isSameDay,
  isUnsent,
  OWN_HOUSEHOLD,
  pointsOf,
} from './model-outbox.ts';
import type { Model } from './model.ts';
import { shelf } from './shop-of-three.ts';

const CONFIRMING: readonly CounterEvent['is'][] = ['confirm', 'pinRight', 'vouchRight'];

/** The laws of what may go over the counter: by whose card or PIN, and how much. */
export class HandOverLaws {
  private readonly refusedProofs = new Set<string>();
  private readonly refusedPresences = new Set<string>();
  private confirmedTotal: number | null = null;
  private hasReached = false;
  /** The visit whose basket was confirmed by the event under way. */
  private confirmed: Visit | null = null;
  private isConnected = true;
  private isByHand = false;
  /** The basket that was confirmed last rests on the copy because the server is slow. */
  private isSlow = false;
  /** Points that a household had today by its look-up, for rows that were confirmed since the page began. */
  private readonly had = new Map<string, number>();

  before(model: Model, event: CounterEvent): void {
    const { place, turn } = model.state;
    if (event.is === 'shut') this.had.clear();
    this.confirmed = event.is === 'confirm' && place.at === 'serving' ? place.visit : null;
    this.isConnected = model.world.isConnected;
    this.isByHand = event.is === 'asked' || event.is === 'unpark';
    if (event.is === 'reached') this.hasReached = event.isThere && event.turn === turn;
    if (CONFIRMING.includes(event.is) && 'visit' in place) {
      const { copiedFor } = place.visit.household;
      this.confirmedTotal = totalOf(place.visit, model);
      this.isSlow = copiedFor === 'slow' || copiedFor === 'silent';
    }
    if (event.is === 'answered' && event.turn === turn) this.noteRefused(place, event.result);
  }

  /** A proof that the server refused is not sent to it again. */
  private noteRefused(place: Place, result: RowResult): void {
    if (result.is !== 'refused') return;
    if (place.at !== 'sending' || place.owed.kind !== 'kiosk.redeem') return;
    const { pinProof, vouchProofs, presence } = place.owed.content;
    for (const proof of [pinProof, ...vouchProofs]) if (proof !== null) this.refusedProofs.add(proof);
    const { failure } = result;
    const isAbsent = failure.kind === 'problem' && failure.problem.code === 'redemption.absent';
    if (isAbsent && tokenOf(presence) !== null) this.refusedPresences.add(tokenOf(presence) ?? '');
  }

  during(model: Model, effect: Effect): void {
    const { place } = model.state;
    const isNew = 'same' in place && place.same === null && place.why !== 'refused';
    if (effect.do === 'lookUp' && model.world.isShiftOver === true && isNew && this.isByHand)
      broken('a shift that is over serves nobody else', place);
    if (effect.do === 'lookUp' && this.confirmed !== null) this.looksOnWell(effect);
    if (effect.do === 'keepRow') {
      const visit = place.at === 'sending' && place.beneath.at === 'serving' ? place.beneath.visit : null;
      this.had.set(effect.owed.key, visit?.household.redeemedToday ?? 0);
      this.beginsWell(model, effect.owed, effect.how);
    }
    if (effect.do === 'noteEnd' && effect.how === 'here') {
      const owed = model.outbox.rows.get(effect.key)?.owed;
      if (owed) endsHereWell(model, owed, this.had.get(owed.key) ?? 0);
    }
  }

  /** A server that is slow does not keep a basket at the counter for ever. */
  private looksOnWell({ isPatient = false }: Extract<Effect, { do: 'lookUp' }>): void {
    const copiedFor = this.confirmed?.household.copiedFor;
    if (copiedFor === 'silent' || !this.isConnected)
      broken('a silent server is not asked again for a basket that is confirmed', this.confirmed);
    if (copiedFor === 'slow' && !isPatient)
      broken('a slow server is waited for where it is asked again', this.confirmed);
  }

  private beginsWell(model: Model, owed: Owed, how: 'here' | null): void {
    if (how === 'here') endsHereWell(model, owed, this.had.get(owed.key) ?? 0);
    else if (!this.hasReached) broken('nothing asks before the server was reached', owed);
    this.hasReached = false;
    if (owed.kind !== 'kiosk.redeem') return;
    const { lines, points } = owed.content;
    if (points !== this.confirmedTotal) broken('the basket on the screen is the one that goes out', owed);
    if (lines.length === 0) broken('no empty basket goes out', owed);
    this.isProvenWell(owed.content);
    const { presence } = owed.content;
    const isCopied = presence !== null && 'cardIssuedAtMs' in presence;
    if (isCopied && how === null && !this.isSlow)
      broken('the server has its own word on a card, unless it is slow', owed.content);
    if (how === 'here' || isCopied) isKnownHere(owed.content);
    else isKnownWell(owed.content);
  }

  private isProvenWell({ householdId, presence, pinProof, vouchProofs, points }: RedeemContent): void {
    const token = tokenOf(presence);
    if (token !== null && token !== '' && !token.startsWith(`${householdId}-`))
      broken('a presence is its own household’s', [householdId, token]);
    if (token !== null && this.refusedPresences.has(token))
      broken('a refused presence is not sent again', token);
    const proofs = pinProof === null ? vouchProofs : [pinProof, ...vouchProofs];
    for (const proof of proofs) {
      if (!proof.startsWith(`${householdId}-`))
        broken('a proof is its own household’s', [householdId, proof]);
      if (this.refusedProofs.has(proof)) broken('a refused proof is not sent again', proof);
    }
    if (new Set(vouchProofs.map((proof) => proof.split('-')[1])).size < vouchProofs.length)
      broken('one person vouches once', vouchProofs);
    if (vouchProofs.some((proof) => Number(proof.split('-')[3]) < points))
      broken('who vouches agreed to as much as the basket costs', [vouchProofs, points]);
  }

  restarted(): void {
    this.had.clear();
    this.hasReached = false;
  }
}

/** Without a card: the PIN, or two people for household B, which has none; and one more person while its card is new. */
function isKnownWell(content: RedeemContent): void {
  const { presence, pinProof, vouchProofs, householdId, points } = content;
  const isByNumber = tokenOf(presence)?.includes('-number-') === true;
  if (householdId === 'C' && points > 700 && pinProof === null)
    broken('above the amount nothing goes out without a PIN', content);
  if (isByNumber && householdId !== 'B' && pinProof === null)
    broken('without a card nothing goes out without a PIN', content);
  if (isByNumber && householdId === 'B' && vouchProofs.length < 2)
    broken('without card and PIN nothing goes out unless two people vouch', content);
  if (!isByNumber && presence !== null && householdId === 'B' && vouchProofs.length < 1)
    broken('while the card is new nothing goes out without a second person', content);
}

/** Nobody was asked: the card alone counts, or what the server had said before. */
function isKnownHere(content: RedeemContent): void {
  const { presence, pinProof, vouchProofs, householdId } = content;
  const isCopied = presence !== null && 'cardIssuedAtMs' in presence;
  const isByCard = isCopied || tokenOf(presence)?.includes('-card-') === true;
  const isVouched = householdId === 'B' && vouchProofs.length === 2;
  if (!isByCard && pinProof === null && !isVouched)
    broken('without network nothing goes out without a card', content);
}

/** Within the amounts, by everything that this counter knows. */
function endsHereWell({ outbox, world, handsOutAlone }: Model, owed: Owed, hadToday: number): void {
  if (!handsOutAlone) broken('nothing ends here where the village allows none', owed);
  if (owed.kind !== 'kiosk.redeem') return;
  const { householdId, points, presence } = owed.content;
  if (presence === null) broken('nobody unknown is handed anything without an answer', owed);
  if (householdId === OWN_HOUSEHOLD) broken('nobody hands out to the own household without an answer', owed);
  const had = outbox
    .redeems()
    .filter(
      (row) =>
        row.owed.content.householdId === householdId &&
        isSameDay(row.atMs, world.nowMs) &&
        (row.answer === null ? row.done === 'here' : row.answer.is === 'booked'),
    );
  const unsent = had.filter(isUnsent);
  const booked = Math.max(pointsOf(had) - pointsOf(unsent), hadToday);
  if (booked + pointsOf(unsent) + points > HOUSEHOLD_MOST)
    broken('without an answer a household gets no more than the amount of a day', [booked, unsent, owed]);
  if (pointsOf(outbox.standing()) + points > COUNTER_MOST)
    broken('without an answer a counter hands out no more than its amount', owed);
}

function tokenOf(presence: RedeemContent['presence']): string | null {
  return presence !== null && 'token' in presence ? presence.token : null;
}

function totalOf(visit: Visit, { world }: Model): number {
  const goods = world.goods ?? shelf();
  return visit.lines.reduce((sum, line) => sum + line.quantity * (goods.get(line.goodsId)?.price ?? 0), 0);
}
