import { describe, expect, it } from 'vitest';
import type { Api, Outcome } from '../../../client/api/index.ts';
import { useCardScans } from '../../../client/desk/award/useCardScans.ts';
import { drawCardCode } from '../../../shared/cards/code.ts';

const [wang, li] = [drawCardCode(() => 3), drawCardCode(() => 7)];

interface Question {
  readonly q: string;
  readonly answer: (...heads: string[]) => void;
  readonly fail: () => void;
}

/** A list that cards are scanned onto; look-ups are answered by hand. */
function openList(most = 10) {
  const questions: Question[] = [];
  const list: string[] = [];
  const call = (_: string, { query }: { query: { q: string } }) =>
    new Promise<Outcome<unknown>>((resolve) => {
      questions.push({
        q: query.q,
        answer: (...heads) =>
          resolve({
            kind: 'answer',
            filename: null,
            data: { items: heads.map((head) => ({ id: head, number: '1', head, state: 'active' })) },
          }),
        fail: () => resolve({ kind: 'unknown', reason: 'unreachable' }),
      });
    });
  const cards = useCardScans({
    api: { call } as unknown as Api,
    add({ head }) {
      if (list.includes(head)) return 'there_already';
      if (list.length >= most) return 'full';
      list.push(head);
      return 'added';
    },
  });
  return { cards, questions, list };
}

async function turn(): Promise<void> {
  for (let step = 0; step < 20; step += 1) await Promise.resolve();
}

describe('cards scanned onto a list', () => {
  it('are looked up in the order they were scanned, and are on their way until the last is there', async () => {
    const { cards, questions, list } = openList();
    const [first, second] = [cards.scan(wang), cards.scan(`https://a.cn/me/#c=${li}`)];
    await turn();
    expect([questions.map(({ q }) => q), cards.isLooking]).toEqual([[wang], true]);
    questions[0]?.answer('王');
    await first;
    await turn();
    expect([questions[1]?.q, cards.isLooking]).toEqual([li, true]);
    questions[1]?.answer('李');
    await second;
    expect([list, cards.isLooking]).toEqual([['王', '李'], false]);
    expect(cards.said).toEqual({ is: 'added', name: '1 李' });
  });

  it('that bring nobody are remembered until they are scanned again, though others come between', async () => {
    const { cards, questions, list } = openList();
    const missing = cards.scan(wang);
    await turn();
    questions[0]?.fail();
    await missing;
    const next = cards.scan(li);
    await turn();
    questions[1]?.answer('李');
    await next;
    expect([list, cards.missed]).toEqual([['李'], [wang.slice(-4)]]);
    const again = cards.scan(wang);
    await turn();
    questions[2]?.answer('王');
    await again;
    expect([list, cards.missed]).toEqual([['李', '王'], []]);
  });

  it('are never guessed at: two households, none, or a wrong digit add nobody', async () => {
    const { cards, questions, list } = openList();
    const [two, none] = [cards.scan(wang), cards.scan(li)];
    await turn();
    questions[0]?.answer('王', '王二');
    await two;
    await turn();
    questions[1]?.answer();
    await none;
    await cards.scan(`${wang.slice(0, -1)}${(Number(wang.at(-1)) + 1) % 10}`);
    expect([list, questions.length, cards.said]).toEqual([[], 2, { is: 'misread' }]);
  });

  it('say so when the household stands there already', async () => {
    const { cards, questions, list } = openList();
    for (const at of [0, 1]) {
      const scanned = cards.scan(wang);
      await turn();
      questions[at]?.answer('王');
      await scanned;
    }
    expect([list, cards.said]).toEqual([['王'], { is: 'there_already', name: '1 王' }]);
  });

  it('14g: say so when the list is full, instead of that they were added', async () => {
    const { cards, questions, list } = openList(0);
    const scanned = cards.scan(wang);
    await turn();
    questions[0]?.answer('王');
    await scanned;
    expect([list, cards.said]).toEqual([[], { is: 'full', name: '1 王' }]);
  });
});
