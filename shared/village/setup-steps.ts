/**
 * Steps of setting up that somebody notes, because nothing else tells them: that there are no balances from before,
 * that the shelf is still empty, and that cards are not printed here.
 */
export const NOTED_STEPS = ['balances', 'stock', 'print'] as const;
export type NotedStep = (typeof NOTED_STEPS)[number];
