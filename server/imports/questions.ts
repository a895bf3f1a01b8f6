import type { ImportQuestion } from '../../shared/imports/contract.ts';
import { paperSentence } from '../../shared/imports/paper-sentences.ts';
import type { PaperReading, ReadingOptions } from '../../shared/imports/papers.ts';
import { namesOtherVillage, namesOtherYear } from '../../shared/imports/titles.ts';
import { listed } from '../../shared/sentence.ts';

interface Here {
  readonly villageName: string;
  /** Business day, YYYY-MM-DD. */
  readonly today: string;
}

/** The questions to the clerk about the paper as a whole, answered or not. */
export function questionsAbout(
  { titles, addressColumn, looksLike }: PaperReading,
  { isRightTitle, isRightKind }: ReadingOptions,
  { villageName, today }: Here,
): ImportQuestion[] {
  const questions: ImportQuestion[] = [];
  if (looksLike !== null) {
    const text = paperSentence(`ask_looks_${looksLike}`, {});
    questions.push({ code: 'other_kind', text, looksLike, needsAnswer: isRightKind !== true });
  }
  const other = titles.find(({ text }) => namesOtherVillage(text, villageName));
  const old = titles.find(({ text }) => namesOtherYear(text, Number(today.slice(0, 4))));
  const title = other ?? old;
  if (title) {
    const code = other ? 'ask_other_title' : 'ask_old_title';
    const text = paperSentence(code, { title: `“${title.text}”`, village: villageName });
    questions.push({ code: 'other_title', text, needsAnswer: isRightTitle !== true });
  }
  if (addressColumn) {
    const { header, letter, samples } = addressColumn;
    const params = { column: header || letter, examples: listed(samples) };
    const text = paperSentence('ask_address_numbers', params);
    questions.push({ code: 'address_numbers', text, needsAnswer: false });
  }
  return questions;
}
