import type { Answered, Outbox } from '../../outbox/outbox.ts';
import { finalAnswer, type KeptRow } from '../../outbox/outbox-disk.ts';

/** Answers that are on their way, by row: somebody listens before the row can be sent. */
export interface AwaitedAnswers {
  readonly listen: (rowKey: string) => Promise<Answered>;
  /** The answer to a row that is on the disk, which may have come while nobody listened. */
  readonly answerOf: (kept: KeptRow) => Promise<Answered>;
}

export function createAwaitedAnswers(outbox: () => Outbox | null): AwaitedAnswers {
  const answers = new Map<string, Promise<Answered>>();

  function listen(rowKey: string): Promise<Answered> {
    const known = answers.get(rowKey);
    if (known) return known;
    const answer = outbox()?.answerTo(rowKey) ?? new Promise<Answered>(() => undefined);
    answers.set(rowKey, answer);
    return answer;
  }

  return {
    listen,
    async answerOf(kept) {
      const { key } = kept.row;
      const answered = (answers.has(key) ? null : answeredBefore(kept)) ?? (await listen(key));
      answers.delete(key);
      return answered;
    },
  };
}

/** The answer that stands with the row. Null: it is still to come. */
function answeredBefore(kept: KeptRow): Answered | null {
  const answer = finalAnswer(kept);
  if (answer === null) return null;
  const { device, key } = kept.row;
  const untold = { params: {}, said: null, receipt: null };
  return { ...answer, ...{ device, key, marks: [...answer.marks] }, ...untold };
}
