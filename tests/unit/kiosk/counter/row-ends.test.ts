import { describe, expect, it } from 'vitest';
import { Hands, KEPT, NOTED, owedRedeem } from './hands.ts';
import { amounts, booked, pointsShort, redemption, refused } from './shop-of-three.ts';

/** After a power cut two rows have no answer. The first is the page's question, the second is asked about next. */
function twoOwed(): Hands {
  const hands = new Hands(
    { owed: [owedRedeem(), owedRedeem({ key: 'l', sentAtMs: 950_000 })] },
    { withoutNetwork: amounts() },
  );
  return hands.feed({ is: 'opened' });
}

const askedAbout = ({ state: { place } }: Hands) => (place.at === 'sending' ? place.owed.key : null);

describe('the end of a row, while another one is asked about', () => {
  it('is said where its goods were handed out without an answer', () => {
    const hands = twoOwed().feed({ is: 'handOut' }, NOTED);
    expect([askedAbout(hands), hands.said]).toEqual(['l', 'recordedHere']);
  });

  it('is said where it was booked', () => {
    const hands = twoOwed().answer(booked(redemption('r', 'A')));
    expect([askedAbout(hands), hands.said]).toEqual(['l', 'bookedBefore']);
  });

  it('is said where it was refused, and aloud', () => {
    const hands = twoOwed().answer(refused(pointsShort));
    expect([askedAbout(hands), hands.state.notice]).toEqual([
      'l',
      expect.objectContaining({ failure: pointsShort }),
    ]);
    expect(hands.did).toContain('sound');
  });
});

describe('the slip of a hand-over that only this device knew of', () => {
  /** The hand-over is done here; then the server tells its list, in which it has another id. */
  const listed = () => {
    const hands = new Hands({}, { withoutNetwork: amounts() }).serve('A', 2).send();
    hands.feed({ is: 'overdue' }, NOTED);
    const row = hands.state.undoable?.undoes ?? '';
    return hands.feed({ is: 'recent', items: [{ ...redemption('r-of-server', 'A'), rowKey: row }] });
  };

  it('is undone under the key that was offered first', () => {
    const before = new Hands({}, { withoutNetwork: amounts() }).serve('A', 2).send();
    const { key } = before.feed({ is: 'overdue' }, NOTED).state.undoable ?? {};
    expect(listed().state.undoable).toMatchObject({ key, redemptionId: 'r-of-server' });
  });

  it('says that it was taken back, when that is done without an answer, too', () => {
    const hands = listed().feed({ is: 'undo' }, { is: 'reached', isThere: true }, KEPT, { is: 'overdue' });
    hands.feed(NOTED);
    expect(hands.state.place).toMatchObject({ at: 'done', receipt: { undone: true, rowNumber: 7 } });
  });
});
