import { describe, expect, it } from 'vitest';
import { createCountDraft, draftOf } from '../../../client/kiosk/shifts/count-draft.ts';

const rice = { goodsId: 'rice', name: '大米', unit: '袋', booked: 12 };
const oil = { goodsId: 'oil', name: '菜油', unit: '桶', booked: 3 };

function shown(items = [rice, oil]) {
  const draft = createCountDraft();
  draft.show(items);
  return draft;
}

describe('what is counted at the shelf', () => {
  it('is nothing until somebody counts', () => {
    const draft = shown();
    expect(draft.hasCounted()).toBe(false);
    expect(draft.counts()).toBeUndefined();
  });

  it('goes on from the book by plus and minus, and never under nothing', () => {
    const draft = shown();
    draft.step('rice', -1);
    for (let time = 0; time < 5; time += 1) draft.step('oil', -1);
    expect(draft.items.map(({ counted }) => counted)).toEqual([11, 0]);
  });

  it('says of each item what the screen showed, and null of what was left out', () => {
    const draft = shown();
    draft.count('rice', 12);
    expect(draft.counts()).toEqual([
      { goodsId: 'rice', counted: 12, shown: 12, reason: null, remark: '' },
      { goodsId: 'oil', counted: null, shown: 3, reason: null, remark: '' },
    ]);
    draft.count('rice', null);
    expect(draft.counts()).toBeUndefined();
  });

  it('asks for the reason of each difference, and drops one that explains it no more', () => {
    const draft = shown();
    draft.count('rice', 10);
    draft.count('oil', 3);
    expect(draft.unexplained()?.goodsId).toBe('rice');
    draft.explain('rice', 'broken', '老鼠咬破');
    expect(draft.unexplained()).toBeUndefined();
    draft.count('rice', 9);
    expect(draft.unexplained()).toBeUndefined();
    draft.count('rice', 13);
    expect(draft.unexplained()?.goodsId).toBe('rice');
    draft.count('rice', 12);
    expect(draft.counts()?.[0]).toMatchObject({ reason: null, remark: '' });
  });

  it('explains nothing where nothing differs, and knows no other item', () => {
    const draft = shown();
    draft.explain('rice', 'broken', '');
    draft.count('nowhere', 3);
    draft.step('nowhere', 1);
    expect(draft.items.map(({ counted, reason }) => [counted, reason])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('stays when the book moves on meanwhile', () => {
    const draft = shown();
    draft.count('rice', 12);
    draft.show([{ ...rice, booked: 11 }, oil]);
    expect(draft.items[0]).toMatchObject({ counted: 12, booked: 11 });
    expect(draft.unexplained()?.goodsId).toBe('rice');
  });

  it('comes back for the same shift, and not for the next', () => {
    draftOf('one', 'end').show([rice]);
    expect(draftOf('one', 'end').items).toHaveLength(1);
    expect(draftOf('one', 'begin').items).toHaveLength(0);
    expect(draftOf('two', 'end').items).toHaveLength(0);
    expect(draftOf('one', 'end').items).toHaveLength(0);
  });
});
