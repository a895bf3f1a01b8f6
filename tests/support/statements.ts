import Database from 'better-sqlite3';
import pg from 'pg';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** PostgreSQL keeps it prepared, and may plan it without its values. */
  readonly isPrepared?: boolean;
}

interface Prepared {
  readonly source: string;
}

/**
 * Runs `act` and gives every statement that the drivers were asked for meanwhile, on either engine: work is counted where it
 * meets the database, not timed. Nothing else may use a database at the same time.
 */
export async function statementsOf<T>(
  act: () => Promise<T>,
): Promise<{ result: T; statements: Statement[] }> {
  const statements: Statement[] = [];
  const restore = [...sqliteMethods(statements), postgresQuery(statements)];
  try {
    return { result: await act(), statements };
  } finally {
    for (const undo of restore) undo();
  }
}

/**
 * Runs `act` and counts the round trips to PostgreSQL meanwhile: a question begins one if an answer came since the connection's
 * last question, so that questions that are sent together count once.
 */
export async function roundTripsOf<T>(act: () => Promise<T>): Promise<{ result: T; roundTrips: number }> {
  let roundTrips = 0;
  const waiting = new WeakSet<object>();
  const restore = wrapQuery((client, answer) => {
    if (!waiting.has(client)) roundTrips += 1;
    waiting.add(client);
    const answered = () => void waiting.delete(client);
    answer.then(answered, answered);
  });
  try {
    return { result: await act(), roundTrips };
  } finally {
    restore();
  }
}

/** Shows each question to `see`, with its answer to come. */
function wrapQuery(see: (client: object, answer: Promise<unknown>) => void): () => void {
  const shared = pg.Client.prototype as unknown as Record<'query', (...given: unknown[]) => Promise<unknown>>;
  const original = shared.query;
  shared.query = function (this: object, ...given: unknown[]) {
    const answer = original.apply(this, given);
    see(this, answer);
    return answer;
  };
  return () => {
    shared.query = original;
  };
}

function sqliteMethods(statements: Statement[]): (() => void)[] {
  const memory = new Database(':memory:');
  const shared = Object.getPrototypeOf(memory.prepare('select 1')) as Record<string, unknown>;
  memory.close();
  return ['run', 'get', 'all', 'iterate'].map((name) => {
    const original = shared[name] as (this: Prepared, ...given: unknown[]) => unknown;
    shared[name] = function (this: Prepared, ...given: unknown[]) {
      statements.push({ text: this.source, values: given.flat() });
      return original.apply(this, given);
    };
    return () => {
      shared[name] = original;
    };
  });
}

function postgresQuery(statements: Statement[]): () => void {
  const shared = pg.Client.prototype as unknown as Record<'query', (...given: unknown[]) => unknown>;
  const original = shared.query;
  shared.query = function (this: pg.Client, ...given: unknown[]) {
    const [asked, values] = given as [
      string | { text: string; name?: string; values?: unknown[] },
      unknown[]?,
    ];
    if (typeof asked === 'string') statements.push({ text: asked, values: values ?? [] });
    else {
      const { text, name } = asked;
      statements.push({ text, values: values ?? asked.values ?? [], isPrepared: name !== undefined });
    }
    return original.apply(this, given);
  };
  return () => {
    shared.query = original;
  };
}
