import type { AnswerOf } from '../../api/index.ts';
import type { useText } from './text.ts';

type Row = AnswerOf<'outbox.late'>['items'][number];

/** The goods of a row. Those that came back are not taken for a hand-over. */
export function rowTitle(
  { kind, title }: Pick<Row, 'kind' | 'title'>,
  { t }: Pick<ReturnType<typeof useText>, 't'>,
): string {
  if (kind === 'kiosk.undo') return t('outbox.undone', { title });
  if (kind === 'kiosk.return') return t('outbox.returned', { title });
  return title;
}
