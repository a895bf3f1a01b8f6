import type { SameKeys } from '../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  desk: { title: 'Desk' },
} satisfies SameKeys<typeof chinese>;
