import type { Failure } from '../api/outcome.ts';
import type { CommonKey, Text } from '../i18n/index.ts';

export interface FailureWords {
  readonly title: string;
  readonly detail: string;
  /** For whoever is asked for help; shown only under "details". */
  readonly code: string | null;
}

/** The words about a failure: what happened, whether points moved, what to do. */
export function failureWords(failure: Failure, writes: boolean, { t }: Text<CommonKey>): FailureWords {
  if (failure.kind === 'unknown') {
    return {
      title: t(failure.reason === 'timeout' ? 'failure.timeout' : 'failure.unreachable'),
      detail: t(writes ? 'failure.unreachableWrite' : 'failure.unreachableRead'),
      code: null,
    };
  }
  const { title, detail, code } = failure.problem;
  // Something between us and the server answered in its place: nobody knows what became of the step.
  const inItsPlace = t(writes ? 'failure.unreachableWrite' : 'failure.unreachableRead');
  return { title: title || t('failure.unknownTitle'), detail: detail || inItsPlace, code };
}
