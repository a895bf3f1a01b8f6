import type { AnswerOf } from '../../api/index.ts';
import type { useText } from './text.ts';

type Step = AnswerOf<'objections.get'>['history'][number];

/** Says what a step did. */
export function historyWords({ from, to, outcome }: Step, t: ReturnType<typeof useText>['t']): string {
  if (from === null) return t('objections.step.first');
  return t(`objections.step.${to}`, {
    outcome: outcome === null ? '' : t(`objections.outcome.${outcome}`),
  });
}
