import type { ProposalState } from '../../../shared/proposals/states.ts';
import type { RecheckState } from '../../../shared/rechecks/states.ts';
import type { useText } from './text.ts';

/** The tone of the chip that says what was found. */
export const STATE_TONES: Readonly<Record<RecheckState, string>> = {
  waiting: 'chip--warn',
  stood: 'chip--good',
  failed: 'chip--bad',
  could_not_check: 'chip--info',
  reversed: '',
};

/** Says what has become of the reversal that a finding led to. */
export function reversalWords(state: ProposalState, t: ReturnType<typeof useText>['t']): string {
  const said = (['proposed', 'posted', 'withdrawn'] as const).find((one) => one === state);
  return t(`rechecks.reversal.${said ?? 'other'}`);
}
