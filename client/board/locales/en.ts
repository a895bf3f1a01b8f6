import type { SameKeys } from '../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  board: { title: 'Notice board' },
} satisfies SameKeys<typeof chinese>;
