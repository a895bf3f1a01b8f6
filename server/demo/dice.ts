/** Repeatable randomness: the same seed gives the same numbers on every machine. Never use it for secrets. */
export interface Dice {
  /** 0…below−1. */
  readonly below: (below: number) => number;
  /** least…most, both included. */
  readonly between: (least: number, most: number) => number;
  /** True in so many of a hundred cases. */
  readonly percent: (chance: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
  /** So many of them, none twice, in the order drawn. */
  readonly draw: <T>(from: readonly T[], count: number) => T[];
  readonly bytes: (size: number) => Uint8Array;
}

export function createDice(seed: number): Dice {
  const next = sfc32(seed);
  const below = (count: number) => Math.floor((next() / 2 ** 32) * count);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    percent: (chance) => below(100) < chance,
    pick: (from) => {
      const picked = from[below(from.length)];
      if (picked === undefined) throw new RangeError('nothing to pick from');
      return picked;
    },
    draw: (from, count) => {
      const left = [...from];
      const drawn: (typeof left)[number][] = [];
      while (drawn.length < count && left.length > 0) drawn.push(...left.splice(below(left.length), 1));
      return drawn;
    },
    bytes: (size) => Uint8Array.from({ length: size }, () => below(256)),
  };
}

/** Chris Doty-Humphrey's small fast counter: 32 bits a step. */
function sfc32(seed: number): () => number {
  let [a, b, c, counter] = [seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let warmUp = 0; warmUp < 15; warmUp += 1) next();
  return next;
}
