import { describe, expect, it } from 'vitest';
import { habitsIn } from '../../../server/proposals/one-proposer.ts';

const awards = (householdId: string, proposedBy: string, count: number) =>
  Array.from({ length: count }, () => ({ householdId, proposedBy }));
const asked = { householdId: 'h1', proposedBy: 'zhou' };

describe('awards that always come from the same proposer', () => {
  it('are told from five on, where other households get far fewer from that person', () => {
    const others = [...awards('h2', 'zhou', 1), ...awards('h3', 'zhou', 2), ...awards('h4', 'li', 9)];
    expect(habitsIn([...awards('h1', 'zhou', 4), ...others]).ofOneProposer(asked)).toBeNull();
    expect(habitsIn([...awards('h1', 'zhou', 5), ...others]).ofOneProposer(asked)).toBe(5);
  });

  it('are told of somebody who proposes for that household alone', () => {
    expect(habitsIn([...awards('h1', 'zhou', 5), ...awards('h2', 'li', 1)]).ofOneProposer(asked)).toBe(5);
  });

  it('are no favour by a proposer who serves a whole group', () => {
    const group = ['h2', 'h3', 'h4'].flatMap((id) => awards(id, 'zhou', 4));
    expect(
      habitsIn([...awards('h1', 'zhou', 6), ...group, ...awards('h9', 'li', 1)]).ofOneProposer(asked),
    ).toBeNull();
  });

  it('end with the first award that somebody else proposed', () => {
    const all = [...awards('h1', 'zhou', 8), ...awards('h1', 'li', 1)];
    expect(habitsIn(all).ofOneProposer(asked)).toBeNull();
  });

  it('are not told of a deed by another proposer, nor where one person proposes everything', () => {
    const all = [...awards('h1', 'zhou', 8), ...awards('h2', 'li', 1)];
    expect(habitsIn(all).ofOneProposer({ householdId: 'h1', proposedBy: 'li' })).toBeNull();
    expect(habitsIn(awards('h1', 'zhou', 8)).ofOneProposer(asked)).toBeNull();
  });
});
