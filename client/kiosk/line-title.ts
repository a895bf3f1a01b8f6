import { withoutCode } from '../../shared/rules/without-code.ts';
import type { Statement } from './composables/createStatementDesk.ts';
import type { useText } from './text.ts';

/** The title of a line of a statement: a return is called one, or it would read as a hand-over with a plus. */
export function lineTitle(
  { kind, text }: Statement['lines'][number],
  t: ReturnType<typeof useText>['t'],
): string {
  const title = withoutCode(text.title);
  if (title === '') return t(`entry.${kind}`);
  return kind === 'return' ? t('statement.returned', { title }) : title;
}
