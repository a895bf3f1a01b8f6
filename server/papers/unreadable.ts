import { Refusal } from '../../shared/errors.ts';
import { paperSentence, type PaperCode, type PaperParams } from '../../shared/imports/paper-sentences.ts';

type FileCode = Extract<PaperCode, `file_${string}`>;

const TOO_LARGE: ReadonlySet<FileCode> = new Set([
  'file_too_large',
  'file_unpacks_too_large',
  'file_too_many_rows',
  'file_too_many_columns',
  'file_too_many_sheets',
]);

/** The refusal of a file that cannot be read at all. Its parameters carry the reason in both languages. */
export function unreadable(why: FileCode, params: PaperParams = {}): Refusal {
  return new Refusal(TOO_LARGE.has(why) ? 'paper.too_large' : 'paper.unreadable', {
    why,
    ...paperSentence(why, params),
  });
}
