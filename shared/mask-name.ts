import { COMPOUND_SURNAMES } from './compound-surnames.ts';
import { charactersOf } from './visible-text.ts';

/** Stands for the rest of a name whose length and end would tell who it is. */
const REST = '**';
/** The dot between a given name and the father's, as people type it. */
const DOT = /[·•‧∙・]/u;

/**
 * Hides the middle of a name, or what follows the surname if there is no middle: 王明 → 王*, 王小明 → 王*明,
 * 欧阳海 → 欧阳*, 欧阳建国 → 欧阳*国, 张王秀英 → 张**英. A name with a dot shows the first sign on either side of it: 阿卜杜热合曼·买买提江 →
 * 阿**·买**. Half a village is 阿**, and the family must know itself. A name in another script shows its first sign alone.
 * The stars of these two say nothing of the length, which is often the only one in a village. Spaces that only stretch a
 * short name to the width of a longer one (王　明) do not count as its middle. Masked twice is masked once.
 */
export function maskName(name: string): string {
  const parts = name.split(DOT).filter((part) => part.trim() !== '');
  return parts.length > 1 ? parts.map(maskPart).join('·') : maskWhole(parts[0] ?? '');
}

function maskWhole(name: string): string {
  const plain = name.trim().replace(/(\p{Script=Han})\s+(?=\p{Script=Han})/gu, '$1');
  const characters = charactersOf(plain);
  const [first = ''] = characters;
  if (characters.length <= 1) return '*';
  if (!isHanName(plain)) return first === '*' ? '*' : first + REST;
  const surname = surnameOf(characters);
  const given = characters.slice(surname.length);
  if (given.length <= 1) return `${surname.join('')}*`;
  return `${surname.join('')}${'*'.repeat(given.length - 1)}${given.at(-1) ?? ''}`;
}

/** One side of the dot. A sign that is all there is stays hidden. */
function maskPart(part: string): string {
  const characters = charactersOf(part.trim());
  const [first = '*'] = characters;
  return characters.length <= 1 || first === '*' ? REST : first + REST;
}

/** Chinese characters, and stars of a name that is masked already. */
function isHanName(name: string): boolean {
  return /^[\p{Script=Han}*\u{E0100}-\u{E01EF}]+$/u.test(name);
}

/** Two characters alone are never taken for a surname: a name always hides one. */
export function surnameOf(characters: readonly string[]): readonly string[] {
  const isCompound = characters.length > 2 && COMPOUND_SURNAMES.has(characters.slice(0, 2).join(''));
  return characters.slice(0, isCompound ? 2 : 1);
}
