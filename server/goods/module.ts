import { checkDonations } from './check-donations.ts';
import { checkGoods } from './check-book.ts';
import { goodsHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';
import { namesOfRows } from '../named-things.ts';

export const goodsModule = defineModule({
  name: 'goods',
  handlers: goodsHandlers,
  checks: [checkGoods, checkDonations],
  thingNames: { goods: namesOfRows('goods', ({ name }) => name) },
});
