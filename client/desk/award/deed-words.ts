import type { Rule } from '../../../shared/rules/contract.ts';
import { type DeedWords, wordsAskedBy } from '../../../shared/rules/caps.ts';

/** The member and the event as they are typed; empty: nobody said. */
export interface TypedWords {
  readonly member: string;
  readonly event: string;
}

export type DeedWord = keyof DeedWords;

/** The words of a deed, and the name of the option that it is; deeds that an older screen sent have none. */
export interface SaidWords extends DeedWords {
  readonly option?: string | null;
}

/** The server takes so many letters of each. */
export const WORD_LENGTH_MOST = 30;

/** A typed word; null where there is none. */
export function wordOf(typed: string): string | null {
  return typed.trim() === '' ? null : typed.trim();
}

/** The words that the rule asks for and that are not there. */
export function wordsMissing({ caps }: Pick<Rule, 'caps'>, typed: TypedWords): readonly DeedWord[] {
  return wordsAskedBy(caps).filter((word) => wordOf(typed[word]) === null);
}

/** The words that the rule asks for, as they are sent. Words that were typed under another rule stay out. */
export function wordsFor(
  { caps }: Pick<Rule, 'caps'>,
  typed: TypedWords,
): { member?: string; event?: string } {
  return Object.fromEntries(
    wordsAskedBy(caps).flatMap((word) => {
      const said = wordOf(typed[word]);
      return said === null ? [] : [[word, said] as const];
    }),
  );
}

/** The words a deed has, in the order in which they are shown: the option that it is, whom and what it is about. */
export function wordsSaid({
  option = null,
  member,
  event,
}: SaidWords): readonly (readonly [keyof SaidWords, string])[] {
  return [
    ...(option === null ? [] : [['option', option] as const]),
    ...(member === null ? [] : [['member', member] as const]),
    ...(event === null ? [] : [['event', event] as const]),
  ];
}
