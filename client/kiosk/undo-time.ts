import type { useText } from './text.ts';

/** Says only whole minutes that are surely left: who is told "2 minutes" has them. */
export function undoTimeLeft(leftMs: number, t: ReturnType<typeof useText>['t']): string {
  const n = Math.floor(leftMs / 60_000);
  return n < 1 ? t('undo.leftLittle') : t('undo.left', { n });
}
