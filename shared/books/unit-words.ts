/** Names of the units that every book has. Goods are called as the village calls them. */
export const UNIT_NAMES = { points: '积分', money: '人民币' } as const;
