import type { Notice, NoticeName, NoticeParams } from '../notice.ts';
import type { Effect } from './effects.ts';
import type { CounterEvent } from './events.ts';
import type { CounterState, Place, World } from './state.ts';

/** The result of an event: the next state, and the effects to carry out. */
export type Change = readonly [CounterState, readonly Effect[]];

export type Step<Is extends CounterEvent['is']> = (
  state: CounterState,
  event: Extract<CounterEvent, { is: Is }>,
  world: World,
) => Change;

/** One step for each event. */
export type Steps<Is extends CounterEvent['is'] = CounterEvent['is']> = { readonly [E in Is]: Step<E> };

export function stay(state: CounterState): Change {
  return [state, []];
}

/** The one way from place to place: whatever was asked before is answered too late. */
export function goTo(state: CounterState, place: Place): CounterState {
  return { ...state, place, turn: state.turn + 1 };
}

export function also([state, effects]: Change, ...more: readonly Effect[]): Change {
  return [state, [...effects, ...more]];
}

/** Says something, and aloud unless it is good news. Null takes away what was said before. */
export function tell([state, effects]: Change, notice: Notice | null): Change {
  return [{ ...state, notice }, notice !== null && isHeard(notice) ? [...effects, ERROR] : effects];
}

/** Says one thing more. It takes the place of no notice: where there is one, it stands beneath. */
export function tellToo([state, effects]: Change, name: NoticeName, params: NoticeParams = {}): Change {
  const { notice } = state;
  if (notice === null) return tell([state, effects], { kind: 'warn', name, params });
  const more = [...(notice.also ?? []), { name, params }];
  return [{ ...state, notice: { ...notice, also: more } }, effects];
}

/** Something asked for is not done: says why. */
export function refuse(state: CounterState, name: NoticeName, params: NoticeParams = {}): Change {
  return tell(stay(state), { kind: 'bad', name, params });
}

const ERROR: Effect = { do: 'sound', sound: 'error' };

function isHeard({ kind }: Notice): boolean {
  return kind !== 'good' && kind !== 'info';
}
