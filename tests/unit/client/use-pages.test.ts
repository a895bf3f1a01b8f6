import { describe, expect, it } from 'vitest';
import { readProblem, type Outcome } from '../../../client/api/outcome.ts';
import { usePages } from '../../../client/ui/usePages.ts';

type Answer = Outcome<{ items: readonly string[]; next: string | null }>;
const page = (items: string, next: string | null): Answer => ({
  kind: 'answer',
  data: { items: Array.from(items), next },
  filename: null,
});
const lost: Answer = { kind: 'unknown', reason: 'unreachable' };
const refused: Answer = { kind: 'problem', problem: readProblem(503, { code: 'server.busy' }) };

/** A list with a server that answers when it is told to. */
function listOf() {
  const asked: { cursor: string | null; signal: AbortSignal; answer: (with_: Answer) => Promise<void> }[] =
    [];
  const pages = usePages<string>(
    (cursor, signal) =>
      new Promise((resolve) => {
        const answer = async (given: Answer) => {
          resolve(given);
          // The list has taken the answer by then.
          await new Promise((turn) => setImmediate(turn));
        };
        asked.push({ cursor, signal, answer });
      }),
  );
  const answer = async (given: Answer) => asked.at(-1)?.answer(given);
  return { pages, asked, answer, shown: () => pages.items.value.join('') };
}

describe('a list that comes page by page', () => {
  it('begins by itself, and goes on where the page before ended', async () => {
    const { pages, asked, answer, shown } = listOf();
    expect([pages.ready.value, pages.loading.value]).toEqual([false, true]);
    await answer(page('ab', 'b'));
    expect([shown(), pages.ready.value, pages.loading.value, pages.hasMore.value]).toEqual([
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
    expect([shown(), pages.failure.value, pages.ready.value, pages.loading.value]).toEqual([
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
    expect([shown(), pages.ready.value, asked[1]?.signal.aborted]).toEqual(['', false, true]);
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
    expect([pages.ready.value, pages.failure.value, pages.loading.value]).toEqual([false, lost, false]);
  });
});
