/** A counter taken from event to event by hand: the answers are given by the test. */
import type { Effect } from '../../../../client/kiosk/counter/effects.ts';
import type { CounterEvent } from '../../../../client/kiosk/counter/events.ts';
import {
  initialState,
  type CounterState,
  type Kept,
  type Owed,
  type Place,
  type RowResult,
  type World,
} from '../../../../client/kiosk/counter/state.ts';
import { transition } from '../../../../client/kiosk/counter/transition.ts';
import { BALANCE, cardOf, household, type Id, presenceOf, world } from './shop-of-three.ts';

/** Events without the turn of their question: the right one is put in. */
export type ByHand = CounterEvent extends infer E
  ? E extends { turn: number }
    ? Omit<E, 'turn'>
    : E
  : never;

/** The disk has written the row. */
export const KEPT = { is: 'kept', isKept: true, rowNumber: 7 } as const;
export const NOTED = { is: 'noted', isKept: true, rowNumber: 7 } as const;

export class Hands {
  state: CounterState;
  world: World;
  /** The effects of the last event. */
  effects: readonly Effect[] = [];

  constructor(kept: Partial<Kept> = {}, over: Partial<World> = {}) {
    this.state = initialState({ basket: null, owed: [], damaged: null, ...kept });
    this.world = world(over);
  }

  /** Takes these events one after the other, each answer under the turn that counts. */
  feed(...events: readonly ByHand[]): this {
    for (const event of events) {
      const { turn, recentTurn } = this.state;
      const dated = { turn: event.is === 'recent' ? recentTurn : turn, ...event } as CounterEvent;
      [this.state, this.effects] = transition(this.state, dated, this.world);
    }
    return this;
  }

  /** Takes an event as it is: with a turn of its own. */
  feedLate(event: CounterEvent): this {
    [this.state, this.effects] = transition(this.state, event, this.world);
    return this;
  }

  /** On duty, with this household at the counter and so many pieces of salt in its basket. */
  serve(id: Id, pieces = 0, over: Parameters<typeof household>[1] = {}): this {
    this.feed({ is: 'opened' }, { is: 'asked', question: { card: cardOf(id) } });
    this.feed({ is: 'found', household: household(id, over) });
    for (let count = 0; count < pieces; count += 1) this.feed({ is: 'goods', goodsId: 'salt' });
    return this;
  }

  /** The basket is confirmed and on its way. */
  send(): this {
    return this.feed({ is: 'confirm' }, { is: 'reached', isThere: true }, KEPT);
  }

  answer(result: RowResult): this {
    return this.feed({ is: 'answered', result });
  }

  get at(): Place['at'] {
    return this.state.place.at;
  }

  /** `unclear`: it asks, and no answer came in time. */
  get step(): string {
    const { place } = this.state;
    if (place.at !== 'sending') return place.at;
    return place.step === 'ask' && place.isOverdue ? 'unclear' : place.step;
  }

  get did(): readonly Effect['do'][] {
    return this.effects.map((effect) => effect.do);
  }

  /** The notice on the screen, by name. */
  get said(): string | null {
    const { notice } = this.state;
    if (notice === null) return null;
    return notice.kind === 'failure' ? 'failure' : notice.name;
  }

  /** The key of the basket that can be changed or confirmed. */
  get key(): string | null {
    const { place } = this.state;
    return 'visit' in place ? place.visit.key : null;
  }

  get pieces(): number {
    const { place } = this.state;
    const lines = 'visit' in place ? place.visit.lines : [];
    return lines.reduce((sum, { quantity }) => sum + quantity, 0);
  }
}

/** The row of a basket of household A that asks, and has no answer. */
export function owedRedeem(over: Partial<Owed> = {}): Owed {
  const content = {
    ...{ householdId: 'A', householdNumber: '001', balance: BALANCE },
    lines: [{ goodsId: 'salt', name: '名-salt', unit: '件', quantity: 2, price: 300 }],
    points: 600,
    presence: { token: presenceOf('A', 'card').token },
    pinProof: null,
    vouchProofs: [],
  };
  return { key: 'k', kind: 'kiosk.redeem', content, sentAtMs: 900_000, ...over } as Owed;
}

export function owedUndo(over: Partial<Owed> = {}): Owed {
  const content = { undoes: 'r-key', householdNumber: '001', points: 600, pieces: 2 };
  return { key: 'u', kind: 'kiosk.undo', content, sentAtMs: 950_000, ...over } as Owed;
}

/** A basket of household A that was never sent. */
export function basket(over = {}) {
  return {
    key: 'k',
    householdId: 'A',
    householdNumber: '001',
    lines: [{ goodsId: 'salt', quantity: 2 }],
    changedAtMs: 990_000,
    presence: presenceOf('A', 'card'),
    ...over,
  };
}
