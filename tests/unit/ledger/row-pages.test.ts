import { describe, expect, it } from 'vitest';
import { RowPages } from '../../../server/ledger/row-pages.ts';

interface Row {
  readonly number: number;
  readonly line: number;
}

/** Rows by number: two of each number that is named. */
const rowsOf = (...numbers: readonly number[]): Row[] =>
  numbers.flatMap((number) => [0, 1].map((line) => ({ number, line })));

describe.each([false, true])('pages of rows, asked for ahead: %s', (asksAhead) => {
  function pagesOf(all: readonly Row[], size: number) {
    const log: string[] = [];
    const pages = new RowPages<Row>({
      size,
      asksAhead,
      read: (after, limit) => {
        const at = after === null ? 0 : all.indexOf(after) + 1;
        log.push(`read ${at}`);
        return Promise.resolve(all.slice(at, at + limit));
      },
      giveWay: () => {
        log.push('way');
        return Promise.resolve();
      },
    });
    const takeOf = async (number: number, done: number) => {
      const found: Row[] = [];
      while (!pages.takeOf(number, done, found)) await pages.fill();
      return found;
    };
    return { pages, log, takeOf };
  }

  it.each([1, 2, 3, 4, 7, 100])('of %d give each number its rows, wherever a page ends', async (size) => {
    const all = rowsOf(1, 2, 3, 5, 6);
    const { pages, takeOf } = pagesOf(all, size);
    for (const number of [1, 2, 3]) expect(await takeOf(number, number - 1)).toEqual(rowsOf(number));
    expect(await takeOf(4, 3)).toEqual([]);
    expect(pages.next).toEqual({ number: 5, line: 0 });
    for (const number of [5, 6]) expect(await takeOf(number, number - 1)).toEqual(rowsOf(number));
    expect(await takeOf(7, 6)).toEqual([]);
    await pages.fill();
    expect(pages.next).toBeNull();
  });

  it('drop rows in a gap, and leave one of a number that is done', async () => {
    const { pages, takeOf } = pagesOf(rowsOf(2, 3, 9), 2);
    expect(await takeOf(3, 1)).toEqual(rowsOf(3));
    expect(await takeOf(20, 9)).toEqual([]);
    expect(pages.next).toEqual({ number: 9, line: 0 });
  });

  it('give way before each page, and read each once', async () => {
    const { log, takeOf } = pagesOf(rowsOf(1, 2, 3), 2);
    for (const number of [1, 2, 3, 4]) await takeOf(number, number - 1);
    const reads = log.filter((step) => step !== 'way');
    expect(reads).toEqual(['read 0', 'read 2', 'read 4', 'read 6']);
    expect(log.filter((step) => step === 'way')).toHaveLength(4);
    const begun = asksAhead ? ['way', 'read 0', 'read 2', 'way'] : ['way', 'read 0', 'way', 'read 2'];
    expect(log.slice(0, 4)).toEqual(begun);
  });

  it('tell of a page that could not be read when it is needed', async () => {
    let reads = 0;
    const pages = new RowPages<Row>({
      size: 2,
      asksAhead,
      read: () => ((reads += 1) > 1 ? Promise.reject(new Error('gone')) : Promise.resolve(rowsOf(1))),
      giveWay: () => Promise.resolve(),
    });
    await pages.fill();
    await new Promise((resolve) => setImmediate(resolve));
    expect(pages.next).toEqual({ number: 1, line: 0 });
    pages.take();
    pages.take();
    await expect(pages.fill()).rejects.toThrow('gone');
  });
});
