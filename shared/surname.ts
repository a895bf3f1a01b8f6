import { surnameOf } from './mask-name.ts';
import { charactersOf } from './visible-text.ts';

/** The surname of a Chinese name; of any other name its first part, as somebody would be called across a counter. */
export function surnameIn(name: string): string {
  const plain = name.trim();
  if (/^\p{Script=Han}/u.test(plain)) return surnameOf(charactersOf(plain)).join('');
  return plain.split(/[\s·•‧∙・]/u)[0] ?? plain;
}
