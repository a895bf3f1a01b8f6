import { describe, expect, it } from 'vitest';
import { createShownWhole } from '../../../client/board/shown-whole.ts';
import type { NoticeDeed } from '../../../client/board/slides.ts';

const deed = (title: string): NoticeDeed => ({
  ...{ day: '2026-12-01', title, category: '', drawing: '', points: 500 },
  ...{ households: 1, groups: [], names: [], isContested: false },
});

describe('a notice on a board', () => {
  const [first, second] = [deed('打扫庭院'), deed('帮邻居抬水')];
  const notice = { number: 3, deeds: [first, second], isWhole: true };

  it('was shown once all of its deeds were, however many pictures that takes, and is told once in a while', () => {
    let nowMs = 0;
    const shown = createShownWhole(() => nowMs);
    expect(shown.show(notice, [first])).toBe(false);
    expect(shown.show(notice, [first])).toBe(false);
    expect(shown.show(notice, [second])).toBe(true);
    expect(shown.show(notice, [first, second])).toBe(false);
    nowMs += 10 * 60_000;
    expect(shown.show(notice, [first])).toBe(true);
    nowMs += 10 * 60_000;
    expect(shown.show(notice, [second])).toBe(false);
    expect(shown.show(notice, [first])).toBe(true);
  });

  it('was not shown while a deed of it has changed since, or stands on the paper alone', () => {
    const shown = createShownWhole(() => 0);
    expect(shown.show(notice, [first])).toBe(false);
    const changed = { ...first, isContested: true };
    const now = { ...notice, deeds: [changed, second] };
    expect(shown.show(now, [second])).toBe(false);
    expect(shown.show(now, [changed])).toBe(true);
    expect(createShownWhole(() => 0).show({ ...notice, isWhole: false }, [first, second])).toBe(false);
  });
});
