import { charactersOf } from './visible-text.ts';

/**
 * Hides the middle of a name, or the second of two characters: 王明 → 王*, 王小明 → 王*明, 欧阳合爱 → 欧**爱. Spaces that
 * only stretch a short name to the width of a longer one (王　明) do not count as its middle. Masked twice is masked once.
 */
export function maskName(name: string): string {
  const characters = charactersOf(name.trim().replace(/(\p{Script=Han})\s+(?=\p{Script=Han})/gu, '$1'));
  if (characters.length <= 1) return '*';
  if (characters.length === 2) return `${characters[0] ?? ''}*`;
  return `${characters[0] ?? ''}${'*'.repeat(characters.length - 2)}${characters.at(-1) ?? ''}`;
}
