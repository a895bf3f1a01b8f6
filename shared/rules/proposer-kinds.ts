/** The short signs with which rule books say who reports a deed: "评/组". */
export const PROPOSER_SIGNS = {
  评: 'panel',
  组: 'group',
  委: 'committee',
  户: 'self',
  邻: 'neighbour',
  系: 'system',
} as const;

export type ProposerKind = (typeof PROPOSER_SIGNS)[keyof typeof PROPOSER_SIGNS];

/** The same in words, as villages that write no signs put it. */
const PROPOSER_WORDS: Readonly<Record<string, ProposerKind>> = {
  ...PROPOSER_SIGNS,
  ...{ 评议员: 'panel', 小组长: 'group', 村委: 'committee' },
  ...{ 本人: 'self', 本户: 'self', 自家: 'self', 农户: 'self' },
  ...{ 邻居: 'neighbour', 受助人: 'neighbour', 受助户: 'neighbour' },
};

/** The signs of a rule, apart from each other, and what else is written there: "户/红白理事会". */
export function proposerParts(written: string): string[] {
  return written.split(/[/／→、]/).map((part) => part.trim());
}

/** Tells who reports a deed under a rule, as far as its signs and words are known. */
export function proposerKinds(written: string): ProposerKind[] {
  return proposerParts(written).flatMap((part) =>
    Object.hasOwn(PROPOSER_WORDS, part) ? (PROPOSER_WORDS[part] ?? []) : [],
  );
}

/** The reports that a household may hand in by phone: of its own deed, and of one by which another household helped it. */
export const REPORTED_AS = { own: 'self', helped: 'neighbour' } as const satisfies Record<
  string,
  ProposerKind
>;
