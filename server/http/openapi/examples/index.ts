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

const STORY: readonly Example[] = [...beginning, ...conduct, ...shop, ...books];
const END = STORY.findIndex(({ name }) => name === 'logged-out');

/** The story that the examples tell, in the order they are run. Examples of modules come before its end: the log-out. */
export function wholeStory(ofModules: readonly Example[]): readonly Example[] {
  return [...STORY.slice(0, END), ...ofModules, ...STORY.slice(END)];
}

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
