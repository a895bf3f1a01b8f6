/** A part of a slip, whatever the paper: as wide as the roll, and broken into rows where it is longer. */
export type SlipLine =
  | {
      readonly is: 'text';
      readonly text: string;
      readonly weight?: Weight;
      readonly isCentred?: true;
    }
  /** Words on the left, a figure on the right. */
  | { readonly is: 'pair'; readonly left: string; readonly right: string; readonly weight?: Weight }
  | { readonly is: 'rule' };

/** `large` is twice as wide and as high. */
export type Weight = 'bold' | 'large';

export const text = (words: string, weight?: Weight): SlipLine => ({
  ...{ is: 'text', text: words },
  ...(weight && { weight }),
});

export const centred = (words: string, weight?: Weight): SlipLine => ({
  ...{ is: 'text', text: words, isCentred: true },
  ...(weight && { weight }),
});

export const pair = (left: string, right: string, weight?: Weight): SlipLine => ({
  ...{ is: 'pair', left, right },
  ...(weight && { weight }),
});

export const RULE: SlipLine = { is: 'rule' };
