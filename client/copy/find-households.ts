/** Signs of a masked name that stand for what is hidden. */
const HIDDEN = '*';
/** One letter matches a third of a village, so two are needed. */
const LETTERS_MIN = 2;

interface Sought {
  readonly head: string;
  readonly search: string;
}

/**
 * Whether a household is among those that somebody looks for by part of the head's name, by pinyin or by initials. The copy
 * holds masked names, so a typed sign may stand behind a star; one at least has to be seen.
 */
export function seek(typed: string): (household: Sought) => boolean {
  const part = typed.normalize('NFKC').toUpperCase().replace(/\s+/g, '');
  const letters = pinyinIn(typed);
  if (part === '' || (letters !== null && letters.length < LETTERS_MIN)) return () => false;
  const signs = Array.from(part);
  return ({ head, search }) =>
    (letters !== null && search.includes(` ${letters}`)) || isBehind(signs, Array.from(head.toUpperCase()));
}

/** The letters as they stand in the search words; null where it cannot be pinyin. */
function pinyinIn(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s'’]/g, '')
    .replaceAll('ü', 'v');
  return /^[a-z]{1,60}$/.test(plain) ? plain : null;
}

/** Whether the signs may be a part of the name behind a mask. Two stars hide any number of signs, one hides one. */
function isBehind(signs: readonly string[], mask: readonly string[]): boolean {
  /** Places in the mask that the signs so far may have come to, and whether one of them was seen. */
  let places = new Map(mask.map((_, place) => [place, false]));
  for (const sign of signs) {
    const next = new Map<number, boolean>();
    const reach = (place: number, isSeen: boolean) => next.set(place, isSeen || next.get(place) === true);
    for (const [place, isSeen] of places) {
      if (mask[place] === sign && sign !== HIDDEN) reach(place + 1, true);
      if (mask[place] !== HIDDEN) continue;
      reach(place + 1, isSeen);
      if (mask[place - 1] === HIDDEN || mask[place + 1] === HIDDEN) reach(place, isSeen);
    }
    places = next;
  }
  return [...places.values()].includes(true);
}
