import type { Effect } from '../../../../client/kiosk/counter/effects.ts';
import type { CounterEvent } from '../../../../client/kiosk/counter/events.ts';
import type { CounterState, Owed } from '../../../../client/kiosk/counter/state.ts';
import { broken, visitOf } from './law.ts';
import type { Model } from './model.ts';
import { namesIn } from './shop-of-three.ts';

/** The laws of rows: each is remembered, ends once, and becomes what the screen said of it. */
export class RowLaws {
  /** Keys of rows that the screen called done. */
  private readonly told = new Set<string>();
  /** Keys of rows of which the screen said that nothing was recorded, or that were given up. */
  private readonly toldNot = new Set<string>();
  /** Keys of rows of which a power cut left the screen without a word, or the disk in doubt. */
  private readonly untold = new Set<string>();
  private readonly written = new Map<string, string>();

  before({ state, outbox }: Model, event: CounterEvent): void {
    const { place, turn } = state;
    if (place.at !== 'sending' || !('turn' in event) || event.turn !== turn) return;
    const { key } = place.owed;
    if (event.is === 'kept' && place.step === 'keep' && !event.isKept) this.toldNot.add(key);
    if (event.is === 'noted' && event.isKept && place.how === 'given_up') this.toldNot.add(key);
    const isGone = event.is === 'answered' && event.result.is === 'gone';
    // One that was told not recorded is given up when it is found.
    const isThere = outbox.disk.has(key) && outbox.disk.get(key)?.done !== 'given_up';
    if (isGone && isThere && !outbox.unsure.has(key)) broken('a row on the disk is not gone', key);
  }

  during({ state, disk, outbox }: Model, effect: Effect): void {
    if (effect.do !== 'keepRow') return;
    const { key, content } = effect.owed;
    if (outbox.disk.has(key)) broken('a key is in one row with one content', [key, content]);
    this.written.set(key, JSON.stringify(content));
    const [open] = outbox.asking();
    if (open) broken('nothing new begins while a row that asks has no answer', [open.owed, effect.owed]);
    if (state.parked.some((one) => one.key === key) || disk.parked.some((one) => one.key === key))
      broken('a basket that is written as a row is not aside', key);
  }

  after(model: Model, event: CounterEvent, before: CounterState): void {
    const { state, outbox } = model;
    const { place } = state;
    if (before.place.at === 'sending') this.hears(model, event, before.place.owed);
    if (place.at === 'done' && before.place.at !== 'done' && before.place.at !== 'sending')
      broken('nothing is done that was not on its way', [event, before.place]);
    const remembered = [...state.owed, ...(place.at === 'sending' ? [place.owed] : [])].map(({ key }) => key);
    for (const { owed } of outbox.asking()) {
      if (!remembered.includes(owed.key))
        broken('a row that asks is remembered until it is answered', [owed, place]);
      if (this.written.has(owed.key) && JSON.stringify(owed.content) !== this.written.get(owed.key))
        broken('a row says the same for ever', owed);
    }
    if (place.at !== 'shut' && state.owed.length > 0 && place.at !== 'sending')
      broken('on duty, rows that ask are asked about', state.owed);
    this.basketsAreNew(model);
    this.offersNoUndoTwice(model);
  }

  private offersNoUndoTwice({ state, outbox }: Model): void {
    const { place } = state;
    const undoes = state.undoable?.undoes ?? '';
    const isUndone = [...this.told].some((key) => {
      const owed = outbox.rows.get(key)?.owed;
      return owed?.kind === 'kiosk.undo' && owed.content.undoes === undoes;
    });
    if (isUndone) broken('an undone redemption is not offered again', state.undoable);
    const { undoable } = state;
    const isUndoing = place.at === 'sending' && place.owed.key === undoable?.key;
    const isOwed = state.owed.some(({ key }) => key === undoable?.key);
    if (undoable !== null && !isUndoing && !isOwed && outbox.disk.has(undoable.key))
      broken('an undo that is offered has a key that no row has', undoable);
  }

  /** The screen said what became of the row that was on its way. */
  private hears({ state, outbox }: Model, event: CounterEvent, { key, kind }: Owed): void {
    const { place, notice } = state;
    if (place.at === 'sending' && place.owed.key === key) return;
    const row = outbox.rows.get(key);
    const isDone = place.at === 'done' || saysDone(notice, event, kind);
    // An undo that fell through shows again the slip that it was about.
    const isSlip = place.at === 'done' && kind === 'kiosk.undo' && !place.receipt.undone;
    // The next row is asked about at once: how this one ended is said beside it.
    const isEndSaid = row?.answer?.is === 'booked' || row?.done === 'here';
    const isNext = place.at === 'sending' && event.is !== 'shut' && isEndSaid && notice !== null;
    const isShown = isDone && !isSlip && ['kept', 'noted', 'answered'].includes(event.is);
    if (!isNext && !isShown) return;
    if (this.toldNot.has(key)) broken('a row that was told not recorded or given up is not done', key);
    this.told.add(key);
    if (!isEnded(row, outbox.disk.get(key)))
      broken('a row that the screen calls done is done here, on the disk, or booked', [key, row, event]);
  }

  /** A key that a row has is in no basket, so that nothing is handed out twice or sent otherwise. */
  private basketsAreNew({ state, outbox }: Model): void {
    const baskets = [visitOf(state), state.aside, ...state.parked];
    const used = baskets.find((one) => one !== null && outbox.disk.has(one.key));
    if (used) broken('no basket has the key of a row', [used, outbox.disk.get(used.key)]);
  }

  restarted({ state, outbox }: Model): void {
    if (namesIn(state).length > 0) broken('after a reload no name is there', state);
    const asking = outbox.asking();
    const [is, has] = [state.owed, asking.map(({ owed }) => owed)].map((all) =>
      all.map(({ key }) => key).sort(),
    );
    if (JSON.stringify(is) !== JSON.stringify(has))
      broken('a reload asks about every row without an answer, and about no other', [is, has]);
    for (const basket of [state.aside, ...state.parked])
      if (basket !== null && outbox.rows.has(basket.key))
        broken('a reload brings back no basket that is a row', basket);
    for (const key of this.written.keys()) if (!this.told.has(key)) this.cut(outbox, key);
  }

  /** The power went before the screen said what became of a row, or while the disk was in doubt. */
  private cut(outbox: Model['outbox'], key: string): void {
    const row = outbox.rows.get(key);
    // There is no such row. If the power went before its basket had another key, that goes on under this one.
    if (!row) this.toldNot.delete(key);
    if (!row || row.done === 'given_up') return;
    const isAsking = row.done === null && row.answer === null;
    if (!isAsking || this.toldNot.has(key)) this.untold.add(key);
    // The disk had said no, and has it all the same: the row is asked about anew, and the screen says what it is.
    this.toldNot.delete(key);
  }

  /** Played to the end: each hand-over that was shown is booked, once, and no other is. */
  ended({ state, outbox }: Model): void {
    const { booked, marked } = outbox.server;
    if (state.place.at === 'sending' || state.owed.length > 0)
      broken('with the network back every row comes to an end', [state.place, state.owed]);
    for (const key of this.told)
      if (!booked.has(key)) broken('a hand-over that was shown is booked', [key, outbox.rows.get(key)]);
    for (const [key, { owed }] of booked) {
      const isKnown = this.told.has(key) || this.untold.has(key) || marked.has(key);
      if (!isKnown) broken('nothing is booked that was not shown', owed);
      if (this.toldNot.has(key) && !marked.has(key) && !this.untold.has(key))
        broken('nothing is booked that was told not recorded or given up', owed);
    }
  }
}

/** The notice alone says that it was done: its household has left the screen. */
function saysDone(notice: CounterState['notice'], event: CounterEvent, kind: Owed['kind']): boolean {
  const said = JSON.stringify(notice);
  const isRecorded = said.includes('recordedHere') && (event.is === 'answered' || event.is === 'noted');
  return isRecorded || (kind === 'kiosk.undo' && said.includes('"undone'));
}

type Row = ReturnType<Model['outbox']['rows']['get']>;

/** Done here, which the disk says too, or booked. */
function isEnded(row: Row, onDisk: ReturnType<Model['outbox']['disk']['get']>): boolean {
  return (row?.done === 'here' && onDisk?.done === 'here') || row?.answer?.is === 'booked';
}
