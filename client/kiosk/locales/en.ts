import type { SameKeys } from '../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  kiosk: { title: 'Shop desk' },
} satisfies SameKeys<typeof chinese>;
