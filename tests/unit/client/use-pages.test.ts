import { describe, expect, it } from 'vitest';
import { readProblem, type Outcome } from '../../../client/api/outcome.ts';
import { readEveryPage, usePages } from '../../../client/ui/usePages.ts';

type Answer = Outcome<{ items: readonly string[]; next: string | null }>;
const page = (items: string, next: string | null): Answer => ({
  kind: 'answer',
  data: { items: Array.from(items), next },
  filename: null,
});
const lost: Answer = { kind: 'unknown', reason: 'unreachable' };
const refused: Answer = { kind: 'problem', problem: readProblem(503, { code: 'server.busy' }) };

/** A list with a server that answers when it is told to. */
function listOf(options: { now?: boolean; first?: { items: string[]; next: string | null } } = {}) {
  const asked: { cursor: string | null; signal: AbortSignal; answer: (with_: Answer) => Promise<void> }[] =
    [];
  const pages = usePages<{ items: readonly string[]; next: string | null }>(
    (cursor, signal) =>
      new Promise((resolve) => {
        const answer = async (given: Answer) => {
          resolve(given);
          // The list has taken the answer by then.
          await new Promise((turn) => setImmediate(turn));
        };
        asked.push({ cursor, signal, answer });
      }),
    options,
  );
  const answer = async (given: Answer) => asked.at(-1)?.answer(given);
  return { pages, asked, answer, shown: () => pages.items.value.join('') };
}

describe('a list that comes page by page', () => {
  it('begins by itself, and goes on where the page before ended', async () => {
    const { pages, asked, answer, shown } = listOf();
    expect([pages.data.value !== null, pages.loading.value]).toEqual([false, true]);
    await answer(page('ab', 'b'));
    expect([shown(), pages.data.value !== null, pages.loading.value, pages.hasMore.value]).toEqual([
      'ab',
      true,
      false,
      true,
    ]);
    const more = pages.more();
    await answer(page('c', null));
    await more;
    expect([shown(), pages.hasMore.value, asked.map(({ cursor }) => cursor)]).toEqual([
      'abc',
      false,
      [null, 'b'],
    ]);
  });

  it('keeps what it has when the next page does not come, and asks for the same one again', async () => {
    const { pages, asked, answer, shown } = listOf();
    await answer(page('ab', 'b'));
    const more = pages.more();
    await answer(lost);
    await more;
    expect([shown(), pages.moreFailure.value, pages.failure.value, pages.hasMore.value]).toEqual([
      'ab',
      lost,
      null,
      true,
    ]);
    const again = pages.more();
    await answer(page('c', null));
    await again;
    expect([shown(), pages.moreFailure.value, asked.at(-1)?.cursor]).toEqual(['abc', null, 'b']);
  });

  it('reads again as much as it shows, and shows nothing half', async () => {
    const { pages, answer, shown } = listOf();
    await answer(page('ab', 'b'));
    const more = pages.more();
    await answer(page('cd', 'd'));
    await more;
    const reload = pages.reload();
    await answer(page('AB', 'b'));
    expect(shown()).toBe('abcd');
    await answer(page('CD', 'd'));
    await reload;
    expect([shown(), pages.hasMore.value]).toEqual(['ABCD', true]);
  });

  it('keeps what it has when reading again fails, and says so', async () => {
    const { pages, answer, shown } = listOf();
    await answer(page('ab', null));
    const reload = pages.reload();
    await answer(refused);
    await reload;
    expect([shown(), pages.failure.value, pages.data.value !== null, pages.loading.value]).toEqual([
      'ab',
      refused,
      true,
      false,
    ]);
    const again = pages.reload();
    await answer(page('A', null));
    await again;
    expect([shown(), pages.failure.value]).toEqual(['A', null]);
  });

  it('another list begins empty, and a late answer of the one before is nobody’s', async () => {
    const { pages, asked, answer, shown } = listOf();
    await answer(page('ab', 'b'));
    const more = pages.more();
    const restart = pages.restart();
    expect([shown(), pages.data.value !== null, asked[1]?.signal.aborted]).toEqual(['', false, true]);
    await asked[1]?.answer(page('c', null));
    await more;
    expect([shown(), pages.loading.value]).toEqual(['', true]);
    await answer(page('xyz', null));
    await restart;
    expect([shown(), pages.hasMore.value]).toEqual(['xyz', false]);
  });

  it('that cannot be read at all says why', async () => {
    const { pages, answer } = listOf();
    await answer(lost);
    expect([pages.data.value !== null, pages.failure.value, pages.loading.value]).toEqual([
      false,
      lost,
      false,
    ]);
  });

  it('reads one page when it is asked twice for the next, also for the first', async () => {
    const { pages, asked, answer, shown } = listOf();
    const [one, other] = [pages.more(), pages.more()];
    await answer(page('ab', 'b'));
    expect([await one, await other, asked.length]).toEqual([true, true, 1]);
    const [third, fourth] = [pages.more(), pages.more()];
    await answer(page('c', null));
    expect([await third, await fourth, asked.length, shown()]).toEqual([true, true, 2, 'abc']);
    expect([await pages.more(), asked.length]).toEqual([true, 2]);
  });

  it('goes on from a first page that is there, and asks nothing before it is told to', async () => {
    const { pages, asked, answer, shown } = listOf({ first: { items: ['a'], next: 'a' } });
    expect([shown(), asked.length, pages.hasMore.value]).toEqual(['a', 0, true]);
    const more = pages.more();
    await answer(page('b', null));
    await more;
    expect([shown(), asked.map(({ cursor }) => cursor)]).toEqual(['ab', ['a']]);
    expect(listOf({ now: false }).asked).toEqual([]);
  });

  it('is read to its end, or until there is enough, and says if a page did not come', async () => {
    const { pages, asked, answer, shown } = listOf({ now: false });
    const enough = pages.all((last) => last === 'b');
    await answer(page('ab', 'b'));
    expect([await enough, asked.length]).toEqual([true, 1]);
    const all = pages.all();
    await answer(page('c', 'c'));
    await answer(lost);
    expect([await all, shown(), pages.moreFailure.value]).toEqual([false, 'abc', lost]);
    const again = pages.all();
    await answer(page('d', null));
    expect([await again, shown(), pages.moreFailure.value]).toEqual([true, 'abcd', null]);
  });

  it('another list takes its place at once, and what the pages say of the whole is of the page read last', async () => {
    const { pages, answer, shown } = listOf();
    await answer(page('ab', 'b'));
    const replace = pages.replace();
    expect([shown(), pages.loading.value]).toEqual(['ab', true]);
    await answer(page('x', 'x'));
    await replace;
    expect([shown(), pages.page.value]).toEqual(['x', { items: ['x'], next: 'x' }]);
  });
});

describe('a list that is read whole', () => {
  it('is asked for page after page, and ends with the first that fails', async () => {
    const answers = [page('ab', 'b'), page('c', null)];
    const cursors: (string | null)[] = [];
    const whole = await readEveryPage<{ items: readonly string[]; next: string | null }>((cursor) => {
      cursors.push(cursor);
      return Promise.resolve(answers[cursors.length - 1] ?? lost);
    });
    expect([whole, cursors]).toEqual([
      { kind: 'answer', data: ['a', 'b', 'c'], filename: null },
      [null, 'b'],
    ]);
    expect(await readEveryPage(() => Promise.resolve(lost))).toEqual(lost);
  });
});
