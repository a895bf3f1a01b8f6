import { stay, type Steps, tell } from './change.ts';

/** Shows a notice, and takes it away again. */
export const tellingSteps: Steps<'told' | 'noticeClosed'> = {
  told: (state, { notice }) => tell(stay(state), notice),

  noticeClosed(state) {
    const { damaged } = state;
    if (damaged === null) return stay({ ...state, notice: null });
    // Said and acknowledged: what cannot be read is of no more use.
    return [{ ...state, damaged: null }, damaged.map((key) => ({ do: 'settle', key }))];
  },
};
