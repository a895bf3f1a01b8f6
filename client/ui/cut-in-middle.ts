import { charactersOf } from '../../shared/visible-text.ts';

/** How wide a sign is drawn: a Chinese character, or a letter, a digit and the like. */
const WIDE = 5;
const NARROW = 3;
/** The last signs of a name say the size: 5升, 1.8升, 500ml. */
const END = 25;

/**
 * Cuts a long name in its middle, where two names of a shelf differ least: 金龙鱼一级压榨特香菜籽油5升家庭装 keeps its beginning
 * and its size. `characters` is how many Chinese characters have room.
 */
export function cutInMiddle(name: string, characters: number): string {
  const signs = charactersOf(name);
  const room = characters * WIDE;
  if (widthOf(signs) <= room) return name;
  const end = signs.slice(beginningOfEnd(signs));
  const start = fitting(signs, room - WIDE - widthOf(end));
  return `${start.join('').trimEnd()}…${end.join('').trimStart()}`;
}

/** The end that is kept takes a figure before it along whole: of 1.8升 there is no 8升. */
function beginningOfEnd(signs: readonly string[]): number {
  const inFigure = (at: number) => /[\d.]/.test(signs[at] ?? '');
  let at = signs.length - fitting([...signs].reverse(), END).length;
  while (inFigure(at - 1)) at -= 1;
  return at;
}

/** The first signs that fit. */
function fitting(signs: readonly string[], room: number): string[] {
  const fit: string[] = [];
  let left = room;
  for (const sign of signs) {
    left -= widthOf([sign]);
    if (left < 0) break;
    fit.push(sign);
  }
  return fit;
}

function widthOf(signs: readonly string[]): number {
  return signs.reduce(
    (sum, sign) => sum + (/[\u2E80-\uFFEF\u{20000}-\u{3FFFF}]/u.test(sign) ? WIDE : NARROW),
    0,
  );
}
