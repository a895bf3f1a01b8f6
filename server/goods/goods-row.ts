import type { Tables } from '../../db/index.ts';

/** An item as it is stored. */
export type GoodsRow = Tables['goods']['$inferSelect'];
