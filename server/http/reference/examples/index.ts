import { beginning } from './beginning.ts';
import { books } from './books.ts';
import { conduct } from './conduct.ts';
import type { Example } from './define.ts';
import { shop } from './shop.ts';

export {
  type Example,
  type RecordedAnswer,
  type RecordedAnswers,
  resolve,
  type Speaker,
  SPEAKERS,
} from './define.ts';

/** All examples in the order they are run. */
export const EXAMPLES: readonly Example[] = [...beginning, ...conduct, ...shop, ...books];
