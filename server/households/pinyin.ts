import { createRequire } from 'node:module';
import type * as Pinyin from 'pinyin-pro';
import { onFirstUse } from '../lazy.ts';

const require = createRequire(import.meta.url);
const library = onFirstUse(() => require('pinyin-pro') as typeof Pinyin);

/**
 * The words by which a name can be found, each with a space before it: full pinyin and initials, of the whole name
 * and of the part after the surname's first character. Surnames have readings of their own (单 shan, 尉迟 yuchi). If a
 * character has several, each is added, so that the commoner reading finds the name too.
 */
export function headPinyin(head: string): string {
  const { pinyin, polyphonic } = library();
  const characters = Array.from(head);
  const own = pinyin(head, { toneType: 'none', type: 'array', surname: 'head', v: true });
  const all = polyphonic(head, { toneType: 'none', type: 'array', v: true });
  const words = new Set<string>();
  add(words, characters, own);
  for (let at = 1; at < characters.length; at += 1) add(words, characters.slice(at), own.slice(at));
  own.forEach((reading, at) => {
    for (const other of all[at] ?? []) {
      if (other !== reading) add(words, characters, own.with(at, other));
    }
  });
  return Array.from(words, (word) => ` ${word}`).join('');
}

/** A query as it is looked for in headPinyin, or null when it cannot be pinyin. */
export function pinyinQuery(text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s'’]/g, '')
    .replaceAll('ü', 'v');
  return /^[a-z]{1,60}$/.test(plain) ? plain : null;
}

/** Joins readings; letters of a Latin word count as one syllable. */
function add(words: Set<string>, characters: readonly string[], readings: readonly string[]): void {
  let full = '';
  let initials = '';
  let insideLatin = false;
  characters.forEach((character, at) => {
    const isLatin = /^[a-z]$/i.test(character);
    const letters = (readings[at] ?? '').toLowerCase().replace(/[^a-z]/g, '');
    full += letters;
    if (!(isLatin && insideLatin)) initials += letters.slice(0, 1);
    insideLatin = isLatin;
  });
  if (full === '') return;
  words.add(full);
  words.add(initials);
}
