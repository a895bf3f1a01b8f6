import { goodsHandlers } from './handlers.ts';
import { defineModule } from '../define-module.ts';

export const goodsModule = defineModule({
  name: 'goods',
  handlers: goodsHandlers,
});
