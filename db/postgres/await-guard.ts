import { StoreMisuse } from '../store.ts';
import type { Connection } from './connection.ts';

/**
 * Work that holds a book may wait for nothing but its answers. What honest work asks next it asks within the
 * microtasks of the last answer; work that is still pending at the next turn of the event loop with no question
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
  // Asked for once: a query that was returned as it is would be sent anew by whoever awaits it anew.
  const work = Promise.resolve().then(run);
  try {
    return await Promise.race([work, overdue]);
  } finally {
    isOver = true;
    clearImmediate(look);
    connection.onAllAnswered = null;
    // Its later failure (the handle is dead by then) has nobody left to tell.
    work.catch(() => undefined);
  }
}
