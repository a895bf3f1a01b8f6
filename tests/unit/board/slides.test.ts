import { describe, expect, it } from 'vitest';
import type { Board } from '../../../client/board/composables/useBoard.ts';
import { slidesOf } from '../../../client/board/slides.ts';
import { shareInWords } from '../../../shared/share-in-words.ts';

function boardWith(deeds: number, goods: number, thanks = 0): Board {
  return {
    village: { id: 'v', name: '积善村', town: '古旦镇', shopHours: '' },
    goods: Array.from({ length: goods }, (_, at) => ({
      ...{
        id: String(at),
        category: '',
        name: `货${String(at)}`,
        unit: '件',
        price: 100,
        pictureId: null,
        drawing: 'rice-bag',
      },
      ...{ stock: at % 2, available: at % 2 === 1, isNew: false },
    })),
    deeds: Array.from({ length: deeds }, (_, at) => ({
      ...{
        day: '2026-11-20',
        bookedOn: '2026-11-27',
        title: `事${String(at)}`,
        category: '',
        drawing: '',
        points: 300,
      },
      ...{ households: at + 1, groups: [], names: [] },
    })),
    notices: [],
    workdays: [],
    weekFrom: '2026-11-24',
    month: { households: 0, awarded: 0, pieces: 0 },
    rules: [],
    thanks: Array.from({ length: thanks }, (_, at) => ({
      donor: `人${String(at)}`,
      goods: [],
      day: '2026-11-27',
    })),
    coverRatioPercent: null,
    book: null,
    unsigned: null,
    people: null,
  };
}

const kinds = (board: Board, round = 0) => slidesOf(board, round).map(({ kind }) => kind);

describe('the round of the board', () => {
  it('shows each theme once, however much there is to tell', () => {
    expect(kinds(boardWith(30, 54, 20))).toEqual([
      'deed',
      'deed',
      'deeds',
      'shelf',
      'goods',
      'month',
      'thanks',
    ]);
    expect(kinds(boardWith(0, 0))).toEqual(['month']);
    expect(kinds(boardWith(1, 3))).toEqual(['deed', 'shelf', 'month']);
  });

  it('shows what hangs on a notice right behind the deeds, a page of it a round', () => {
    const board = boardWith(12, 0);
    const hanging = {
      ...{ number: 3, isUp: true, isWhole: true, postsOn: '2026-12-04', isUnreviewed: false },
      objections: { upheld: 0, partly: 0, rejected: 0, withdrawn: 0, open: 0 },
      deeds: board.deeds.slice(0, 9).map((deed) => ({ ...deed, isContested: false })),
    };
    const shown = { ...boardWith(1, 3), notices: [hanging] };
    expect(kinds(shown)).toEqual(['deed', 'notice', 'shelf', 'month']);
    const pages = [0, 1].map((round) => slidesOf(shown, round).find(({ kind }) => kind === 'notice'));
    expect(pages.flatMap((page) => (page?.kind === 'notice' ? page.deeds : []))).toEqual(hanging.deeds);
  });

  it('gives the two deeds of most households a picture of their own', () => {
    const [first, second] = slidesOf(boardWith(9, 0), 0);
    expect([first, second]).toMatchObject([{ deed: { households: 9 } }, { deed: { households: 8 } }]);
  });

  it('shows every deed and item in turn, round after round', () => {
    const board = boardWith(30, 54);
    const deeds = new Set<string>();
    const goods = new Set<string>();
    for (let round = 0; round < 4; round += 1)
      for (const slide of slidesOf(board, round)) {
        if (slide.kind === 'deed') deeds.add(slide.deed.title);
        if (slide.kind === 'deeds') for (const { title } of slide.deeds) deeds.add(title);
        if (slide.kind === 'shelf' || slide.kind === 'goods') for (const { id } of slide.goods) goods.add(id);
      }
    expect([deeds.size, goods.size]).toEqual([30, 54]);
  });

  it('puts what is sold out last', () => {
    const shelf = slidesOf(boardWith(0, 30), 0).find(({ kind }) => kind === 'shelf');
    expect(shelf?.kind === 'shelf' && shelf.goods.every(({ available }) => available)).toBe(true);
  });
});

describe('a share in words', () => {
  it.each([
    [94, '九成四'],
    [90, '九成'],
    [10, '一成'],
    [9, '不到一成'],
    [0, '不到一成'],
    [99, '九成九'],
  ])('%i', (percent, words) => {
    expect(shareInWords(percent, 'zh-CN')).toBe(words);
    expect(shareInWords(percent, 'en')).toBe(`${String(percent)}%`);
  });
});
