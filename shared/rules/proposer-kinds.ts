/** The short signs with which rule books say who reports a deed: "评/组". */
export const PROPOSER_SIGNS = {
  评: 'panel',
  组: 'group',
  委: 'committee',
  户: 'self',
  邻: 'neighbour',
  系: 'system',
} as const;
