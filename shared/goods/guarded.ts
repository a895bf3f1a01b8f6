import type { GuardedOfDomain } from '../changes/guarded-spec.ts';
import { goodsActFields } from './acts.ts';

/** Writes on goods that may need a second person. */
export const guarded = {
  'goods.update': { zh: '改商品的积分价', en: 'change the points of an item', fields: goodsActFields },
} as const satisfies GuardedOfDomain;
