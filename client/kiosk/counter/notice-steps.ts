import { stay, type Steps, tell } from './state-change.ts';

/** Shows a notice, and takes it away again. */
export const noticeSteps: Steps<'told' | 'noticeClosed'> = {
  told: (state, { notice }) => tell(stay(state), notice),

  noticeClosed(state) {
    // Rows that cannot be read stay on the disk with their bytes.
    return stay(state.damaged === null ? { ...state, notice: null } : { ...state, damaged: null });
  },
};
