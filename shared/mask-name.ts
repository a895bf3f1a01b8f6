import { COMPOUND_SURNAMES } from './compound-surnames.ts';
import { charactersOf } from './visible-text.ts';

/** Stands for the rest of a name whose length and end would tell who it is. */
const REST = '**';

/**
 * Hides the middle of a name, or what follows the surname if there is no middle: 王明 → 王*, 王小明 → 王*明,
 * 欧阳海 → 欧阳*, 欧阳建国 → 欧阳*国, 张王秀英 → 张**英. A name with a dot (买买提·艾力) or in another script shows its first
 * sign alone: such a name is often the only one of its length in a village. Spaces that only stretch a short name to the
 * width of a longer one (王　明) do not count as its middle. Masked twice is masked once.
 */
export function maskName(name: string): string {
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

/** Chinese characters, and stars of a name that is masked already. */
function isHanName(name: string): boolean {
  return /^[\p{Script=Han}*\u{E0100}-\u{E01EF}]+$/u.test(name);
}

/** Two characters alone are never taken for a surname: a name always hides one. */
function surnameOf(characters: readonly string[]): readonly string[] {
  const isCompound = characters.length > 2 && COMPOUND_SURNAMES.has(characters.slice(0, 2).join(''));
  return characters.slice(0, isCompound ? 2 : 1);
}
