import type { Drawing } from '../../../shared/goods/choose-drawing.ts';
import { DRAWING_GROUPS } from '../../../shared/goods/drawing-words.ts';
import type { Language } from '../../i18n/types.ts';

interface Group {
  readonly name: keyof typeof DRAWING_GROUPS;
  readonly lines: readonly (readonly [drawing: Drawing, words: string])[];
}

const GROUPS: readonly Group[] = (Object.keys(DRAWING_GROUPS) as Group['name'][]).map((name) => ({
  name,
  lines: DRAWING_GROUPS[name],
}));
const words = new Map(GROUPS.flatMap(({ lines }) => lines));

/** The drawn thing in one word. */
export function wordOf(drawing: Drawing, language: Language): string {
  if (language === 'en') return drawing.replaceAll('-', ' ');
  return words.get(drawing)?.split(' ')[0] ?? '';
}

/** The drawings that have this in one of their words, in their groups; all of them for no word. */
export function findDrawings(search: string): { name: Group['name']; drawings: Drawing[] }[] {
  const wanted = search.normalize('NFKC').trim().toLowerCase();
  const has = ([drawing, text]: Group['lines'][number]) =>
    text.split(' ').some((word) => word.includes(wanted)) || wordOf(drawing, 'en').includes(wanted);
  return GROUPS.map(({ name, lines }) => ({
    name,
    drawings: lines.filter(has).map(([drawing]) => drawing),
  })).filter(({ drawings }) => drawings.length > 0);
}
