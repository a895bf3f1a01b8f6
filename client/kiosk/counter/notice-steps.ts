import { stay, type Steps, tell } from './state-change.ts';

/** Shows a notice, and takes it away again. */
export const noticeSteps: Steps<'told' | 'noticeClosed'> = {
  told: (state, { notice }) => tell(stay(state), notice),

  noticeClosed(state) {
    const { damaged } = state;
    if (damaged === null) return stay({ ...state, notice: null });
    // Said and acknowledged: what cannot be read is of no more use.
    const keys = damaged === 'all' ? [] : damaged;
    return [{ ...state, damaged: null }, keys.map((key) => ({ do: 'settle', key }))];
  },
};
