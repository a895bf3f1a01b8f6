import { StoreMisuse } from '../store.ts';
import type { Connection } from './connection.ts';

/**
 * Work that holds a book may wait for nothing but its answers. Honest work asks its next question within the
 * microtasks of the last answer. Work that is still pending at the next turn of the event loop with no question
 * open waits for something else, with everybody who wants the book behind it.
 */
export async function onlyDatabase<T>(connection: Connection, run: () => Promise<T>): Promise<T> {
  let isOver = false;
  let look: NodeJS.Immediate | undefined;
  const overdue = new Promise<never>((_, reject) => {
    const lookSoon = () => {
      clearImmediate(look);
      look = setImmediate(() => {
        if (!isOver && connection.unanswered === 0)
          reject(new StoreMisuse('a transaction awaited something other than the database'));
      });
    };
    connection.onAllAnswered = lookSoon;
    lookSoon();
  });
  // The promise is made once: a query that was returned as it is would be sent anew by each await.
  const work = Promise.resolve().then(run);
  try {
    return await Promise.race([work, overdue]);
  } finally {
    isOver = true;
    clearImmediate(look);
    connection.onAllAnswered = null;
    // Nobody is left to tell of a later failure: the handle is dead by then.
    work.catch(() => undefined);
  }
}
