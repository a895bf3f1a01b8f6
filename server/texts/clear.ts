import type { Act } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import type { ClearableKind } from '../../shared/texts/kinds.ts';
import type { WriteContext } from '../http/index.ts';
import { needSecond } from '../need-second.ts';
import { findingsOf, keyOf } from './findings.ts';

/**
 * Says of words in a text that they are no name, address or label. It counts for these words in this text alone. Answers the
 * act that tells of it. Refuses with text.fit, change.needs_second.
 */
export async function clearText(
  context: WriteContext,
  { text, kind, piece }: { readonly text: string; readonly kind: ClearableKind; readonly piece: string },
): Promise<Act<'texts.cleared'>> {
  const { tx, village } = context;
  await tx.lockBook(village.id);
  const found = (await findingsOf(tx, village.id, [text])).of(text);
  if (!found.some((one) => one.kind === kind && one.piece === piece)) throw new Refusal('text.fit');
  const on = `text:${keyOf(text, { kind, piece })}` as const;
  needSecond(context, { on, is: { text, kind, piece } });
  return { act: 'texts.cleared', on, is: { kind } };
}
