/**
 * Steps of setting up that somebody notes, because nothing else tells them: that there are no balances from before,
 * that the shelf is still empty, that cards are not printed here, and that the shop is open.
 */
export const NOTED_STEPS = ['balances', 'stock', 'print', 'opening'] as const;
export type NotedStep = (typeof NOTED_STEPS)[number];
