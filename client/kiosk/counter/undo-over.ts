import type { CounterState, Owed } from './state.ts';

/** The row of an undo is over: it is offered again under a key that no row has, or (null) not at all. */
export function undoOver(
  state: CounterState,
  { content }: Pick<Owed & { kind: 'kiosk.undo' }, 'content'>,
  key: string | null,
): CounterState {
  const { undoable } = state;
  if (undoable?.undoes !== content.undoes) return state;
  return { ...state, undoable: key === null ? null : { ...undoable, key } };
}
