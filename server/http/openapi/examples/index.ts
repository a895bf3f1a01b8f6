import type { EndpointId } from '../../../../shared/endpoints.ts';
import recorded from './answers.json' with { type: 'json' };
import { beginning } from './beginning.ts';
import { books } from './books.ts';
import { conduct } from './conduct.ts';
import { type Example, type RecordedAnswer, type RecordedAnswers, resolve } from './define.ts';
import { shop } from './shop.ts';

export {
  type Example,
  type RecordedAnswer,
  type RecordedAnswers,
  resolve,
  type Speaker,
  SPEAKERS,
} from './define.ts';

const ANSWERS: RecordedAnswers = recorded;

/** The story that the examples tell, in the order they are run. Examples of modules come after it. */
export const EXAMPLES: readonly Example[] = [...beginning, ...conduct, ...shop, ...books];

/** An example with everything filled in, and its answer. */
export interface Shown extends Example {
  readonly answer: RecordedAnswer;
}

/** The examples of an endpoint as they stand in the reference. */
export function shownExamples(examples: readonly Example[], id: EndpointId): Shown[] {
  return examples
    .filter((example) => example.id === id)
    .flatMap((example) => {
      const answer = ANSWERS[example.name];
      return answer ? [{ ...(resolve(example, ANSWERS) as Example), answer }] : [];
    });
}
