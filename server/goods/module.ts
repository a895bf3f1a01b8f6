import { goodsHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';
import { namesOfRows } from '../named-things.ts';

export const goodsModule = defineModule({
  name: 'goods',
  handlers: goodsHandlers,
  thingNames: { goods: namesOfRows('goods', ({ name }) => name) },
});
