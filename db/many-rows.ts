/** One statement takes this many rows or keys at most: both engines limit the parameters of a statement. */
const ROWS_PER_STATEMENT = 500;

/** Splits rows or keys into lists that one statement can take. */
export function chunked<T>(all: readonly T[], most = ROWS_PER_STATEMENT): T[][] {
  return Array.from({ length: Math.ceil(all.length / most) }, (_, index) =>
    all.slice(index * most, (index + 1) * most),
  );
}
