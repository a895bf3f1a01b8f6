import type { SameKeys } from '../../i18n/types.ts';
import type chinese from './zh-CN.ts';

export default {
  me: { title: 'My points' },
} satisfies SameKeys<typeof chinese>;
