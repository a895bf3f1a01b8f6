import { describe, expect, it } from 'vitest';
import { villageInPath } from '../../../client/board/village-in-path.ts';
import { pagesOf } from '../../../client/board/pages-of.ts';

describe('pages of the board', () => {
  it('shows every item exactly once, in order', () => {
    const items = Array.from({ length: 23 }, (_, index) => index);
    const pages = pagesOf(items, 9);
    expect(pages.map((page) => page.length)).toEqual([9, 9, 5]);
    expect(pages.flat()).toEqual(items);
  });

  it('has no page for an empty list', () => {
    expect(pagesOf([], 5)).toEqual([]);
  });
});

describe('the board’s address', () => {
  it('names a village or none', () => {
    expect(villageInPath('/board/0197-abc')).toBe('0197-abc');
    expect(villageInPath('/board/0197-abc/')).toBe('0197-abc');
    expect(villageInPath('/board')).toBeNull();
    expect(villageInPath('/board/')).toBeNull();
    expect(villageInPath('/board/a/b')).toBeNull();
    expect(villageInPath('/board/%3Cscript%3E')).toBeNull();
  });
});
