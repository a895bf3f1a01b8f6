import { categoryEmblem, type Emblem } from '../emblem-words.ts';
import { DRAWING_GROUPS, LARGER, MEASURES, PACKINGS, UNDRAWN } from './drawing-words.ts';
import { BRACKETS, SIZES } from './short-name.ts';

/** The name of a drawing of goods. Its file is one of client/drawings. */
export type Drawing = (typeof DRAWING_GROUPS)[keyof typeof DRAWING_GROUPS][number][0];

const LINES: readonly (readonly [drawing: Drawing, words: string])[] = Object.values(DRAWING_GROUPS).flat();
export const DRAWINGS: readonly Drawing[] = LINES.map(([drawing]) => drawing);
const known: ReadonlySet<string> = new Set(DRAWINGS);

export function isDrawing(name: string): name is Drawing {
  return known.has(name);
}

/** Words by their last character, the longer first. Null: nothing that ends so has a drawing. */
const wordsByEnd = Map.groupBy(
  [
    ...LINES.flatMap(([drawing, words]) => words.split(' ').map((word) => ({ word, drawing }))),
    ...UNDRAWN.split(' ').map((word) => ({ word, drawing: null })),
  ].sort((a, b) => b.word.length - a.word.length),
  ({ word }) => word.slice(-1),
);

const OF_CATEGORY: Readonly<Partial<Record<Emblem, Drawing>>> = {
  ladder: 'ladder',
  scissors: 'handshake',
  pencil: 'pencil',
  hammer: 'toolbox',
  sprout: 'seeds',
  shirt: 't-shirt',
  bowl: 'sheaf-of-rice',
  bottle: 'basket',
};

/** The drawing of a category: of things that are known no nearer. */
export function drawingOfCategory(category: string): Drawing {
  return OF_CATEGORY[categoryEmblem(category)] ?? 'wrapped-gift';
}

/** The drawing that an item has by itself: by the words of its name, or else by its category. */
export function drawingOf({ name, category }: { readonly name: string; readonly category: string }): Drawing {
  return drawingOfName(name) ?? drawingOfCategory(category);
}

function drawingOfName(name: string): Drawing | null {
  const plain = name.normalize('NFKC').toLowerCase();
  const outside = plain.replace(BRACKETS, ' ');
  // The first thing of a list stands for all. Words in brackets are read only if nothing else says what it is.
  for (const part of [...outside.split(/[/、+,;|]/), plain.replace(/[()[\]【】]/g, ' ')]) {
    const found = lastWord(part);
    if (found !== undefined) return found === null ? null : orLarger(found, plain);
  }
  return null;
}

/** The word that ends last in a text tells what it is: 牛奶饼干 are 饼干, 白菜种子 are 种子. */
function lastWord(text: string): Drawing | null | undefined {
  const words = [...SIZES, ...PACKINGS]
    .reduce<string>((left, pattern) => left.replace(pattern, ' '), text)
    .trim();
  for (let end = words.length; end > 0; end -= 1) {
    const upTo = words.slice(0, end);
    const found = wordsByEnd
      .get(upTo.slice(-1))
      ?.find(({ word }) => upTo.endsWith(word) && (word.length > 1 || isAtEnd(words, end)));
    if (found) return found.drawing;
  }
  return undefined;
}

function isAtEnd(words: string, end: number): boolean {
  return end === words.length || words[end] === ' ';
}

function orLarger(drawing: Drawing, name: string): Drawing {
  const larger = LARGER.find(({ of }) => of === drawing);
  if (!larger) return drawing;
  const sizes = Array.from(
    name.matchAll(/(\d+(?:\.\d+)?)\s*(kg|千克|公斤|斤|l|升)/g),
    ([, figure, measure = '']) => Number(figure) * (MEASURES[measure] ?? 0),
  );
  return Math.max(0, ...sizes) >= larger.from ? larger.drawing : drawing;
}
