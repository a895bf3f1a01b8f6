import { describe, expect, it } from 'vitest';
import type { Household, World } from '../../../../client/kiosk/counter/state.ts';
import { Hands, KEPT, NOTED, owedRedeem } from './hands.ts';
import {
  amounts,
  booked,
  cardOf,
  copiedHousehold,
  household,
  type Id,
  presenceOf,
  problem,
  redemption,
  refused,
} from './shop-of-three.ts';

/** The network is gone, and the village hands out without it. */
const gone = (over: Parameters<typeof amounts>[0] = {}): Partial<World> => ({
  isConnected: false,
  withoutNetwork: amounts(over),
});

/** On duty without network, with this household from the copy at the counter. */
function serveAlone(id: Id, pieces: number, over: Partial<Household> = {}, limits = {}): Hands {
  const hands = new Hands({}, gone(limits)).feed({ is: 'opened' });
  hands.feed({ is: 'asked', question: { card: cardOf(id) } });
  hands.feed({ is: 'found', household: copiedHousehold(id, over) });
  for (let count = 0; count < pieces; count += 1) hands.feed({ is: 'goods', goodsId: 'salt' });
  return hands;
}

const byNumber = { presence: { token: '', how: 'number', expiresAtMs: 9_999_999 } } as const;

describe('without network', () => {
  it('a basket is done once its row is on the disk, and the slip shows the number of the row', () => {
    const hands = serveAlone('A', 2).feed({ is: 'confirm' });
    expect(hands.effects).toMatchObject([
      {
        do: 'keepRow',
        how: 'here',
        owed: { content: { points: 600, presence: { cardIssuedAtMs: 500_000 } } },
      },
    ]);
    hands.feed(KEPT);
    expect(hands.state.place).toMatchObject({
      at: 'done',
      receipt: { rowNumber: 7, journalNumber: 0, points: 600, household: { id: 'A', head: '王小明' } },
    });
    expect(hands.did).toEqual(['sound', 'refreshGoods', 'keepAside']);
    expect(hands.state.undoable).toMatchObject({ undoes: 'fresh', points: 600, pieces: 2 });
  });

  it('a disk that refuses hands nothing out', () => {
    const hands = serveAlone('A', 2).feed({ is: 'confirm' });
    hands.world = { ...hands.world, freshKey: 'second' };
    hands.feed({ is: 'kept', isKept: false, rowNumber: 0 });
    expect([hands.at, hands.pieces, hands.said, hands.key]).toEqual(['serving', 2, 'notKept', 'second']);
  });

  it('nothing goes out without a card', () => {
    const hands = serveAlone('A', 2, byNumber).feed({ is: 'confirm' });
    expect([hands.at, hands.said]).toEqual(['serving', 'cardNeeded']);
  });

  it('one of two people who vouch is not enough', () => {
    const noPin = { pin: { isSet: false, waitSeconds: 0 }, vouching: { left: 5000 } };
    const hands = new Hands().serve('B', 2, { ...noPin, presence: presenceOf('B', 'number') });
    hands.feed({ is: 'confirm' }, { is: 'vouch', volunteerId: 'v', pin: '482915' });
    const proof = { proof: 'v', volunteerId: 'v', points: 600, expiresAtMs: 9_999_999 };
    hands.feed({ is: 'vouchRight', proof });
    expect(hands.step).toBe('vouch');
    hands.world = { ...hands.world, ...gone() };
    hands.feed({ is: 'pinClosed' }, { is: 'confirm' });
    expect([hands.at, hands.said]).toEqual(['serving', 'cardNeeded']);
  });

  it('a PIN that the server had checked counts where the network goes afterwards', () => {
    const hands = new Hands().serve('A', 2, { presence: presenceOf('A', 'number') });
    hands.feed({ is: 'confirm' }, { is: 'pin', pin: '482915' });
    hands.world = { ...hands.world, ...gone() };
    hands.feed({ is: 'pinRight', proof: { proof: 'p', expiresAtMs: 9_999_999 } });
    expect(hands.effects).toMatchObject([
      { do: 'keepRow', how: 'here', owed: { content: { pinProof: 'p' } } },
    ]);
  });

  it('a household of the volunteer’s own waits for the network', () => {
    const hands = serveAlone('A', 2, {}, { isOwn: (id: string) => id === 'A' }).feed({ is: 'confirm' });
    expect([hands.at, hands.said]).toEqual(['serving', 'ownHousehold']);
  });

  it('a household of the volunteer’s own that the server had looked up waits for the network, too', () => {
    const hands = new Hands().serve('A', 2);
    hands.world = { ...hands.world, ...gone({ isOwn: (id) => id === 'A' }) };
    hands.feed({ is: 'confirm' });
    expect([hands.at, hands.said, hands.pieces]).toEqual(['serving', 'ownHousehold', 2]);
    const other = new Hands().serve('B', 2);
    other.world = { ...other.world, ...gone({ isOwn: (id) => id === 'A' }) };
    expect(other.feed({ is: 'confirm' }).step).toBe('keep');
  });

  it.each([
    ['of the household', { household: 899 }, 0],
    ['of the household, with what it had before', { household: 1500 }, 700],
    ['of the household, with what was handed out here', { household: 1500, spentHere: () => 700 }, 0],
    ['of the counter', { left: 899 }, 0],
  ])('no third piece of salt goes in above the amount %s', (_, limits, redeemedToday) => {
    const hands = serveAlone('A', 3, { redeemedToday }, limits);
    expect([hands.pieces, hands.said]).toEqual([2, 'needsNetwork']);
    expect(hands.feed({ is: 'confirm' }).step).toBe('keep');
  });

  it('a basket that was filled with network and is above the amount waits for the network', () => {
    const hands = new Hands().serve('A', 3);
    hands.world = { ...hands.world, ...gone({ household: 600 }) };
    hands.feed({ is: 'confirm' });
    expect([hands.at, hands.state.notice]).toEqual([
      'serving',
      { kind: 'bad', name: 'overWithoutNetwork', params: { leftHundredths: 600 } },
    ]);
  });

  it('a basket that rests on the copy is looked up at the server once the network is back', () => {
    const hands = serveAlone('A', 2);
    hands.world = { ...hands.world, isConnected: true };
    hands.feed({ is: 'confirm' });
    expect(hands.effects).toMatchObject([
      { do: 'refreshGoods' },
      { do: 'lookUp', question: { card: cardOf('A') } },
    ]);
    hands.feed({ is: 'found', household: household('A') });
    expect([hands.at, hands.pieces, hands.feed({ is: 'confirm' }).step]).toEqual(['serving', 2, 'reach']);
  });

  it('a card that was found in the copy is no card for the server: by number it asks for the PIN', () => {
    const hands = serveAlone('A', 2);
    hands.world = { ...hands.world, isConnected: true };
    hands.feed({ is: 'asked', question: { number: '001' } });
    hands.feed({ is: 'found', household: household('A', { presence: presenceOf('A', 'number') }) });
    // Another question: the basket came back from where it waited.
    expect([hands.at, hands.pieces, hands.feed({ is: 'confirm' }).at]).toEqual(['serving', 2, 'pin']);
  });

  it('an undo is done once its row is on the disk', () => {
    const hands = serveAlone('A', 2).feed({ is: 'confirm' }, KEPT, { is: 'undo' });
    expect(hands.effects).toMatchObject([
      { do: 'keepRow', how: 'here', owed: { content: { undoes: 'fresh' } } },
    ]);
    hands.feed(KEPT);
    expect(hands.state).toMatchObject({ place: { at: 'done', receipt: { undone: true } }, undoable: null });
  });

  it('nothing is handed out where the village allows none', () => {
    const hands = new Hands({}, { isConnected: false }).serve('A', 2).feed({ is: 'confirm' });
    expect(hands.step).toBe('reach');
    hands.feed({ is: 'reached', isThere: false });
    expect([hands.at, hands.pieces, hands.said]).toEqual(['serving', 2, 'offline']);
  });
});

describe('a shift that is over', () => {
  const over = { ...gone(), isShiftOver: true };

  it('finishes the household on the screen and serves no other', () => {
    const hands = serveAlone('A', 2);
    hands.world = { ...hands.world, ...over };
    hands.feed({ is: 'asked', question: { card: cardOf('A') } });
    hands.feed({ is: 'found', household: copiedHousehold('A') }, { is: 'confirm' }, KEPT);
    expect(hands.at).toBe('done');
    expect(hands.feed({ is: 'asked', question: { number: '002' } }).said).toBe('shiftOver');
  });

  it('takes the household off the screen for another card, and keeps its basket for its own', () => {
    const hands = serveAlone('A', 2);
    hands.world = { ...hands.world, ...over };
    hands.feed({ is: 'asked', question: { card: cardOf('B') } });
    expect([hands.at, hands.said, hands.did]).toEqual(['waiting', 'shiftOver', ['forgetPaper', 'sound']]);
    hands.world = { ...hands.world, isShiftOver: false };
    hands.feed({ is: 'shut' }, { is: 'opened' }, { is: 'asked', question: { card: cardOf('A') } });
    hands.feed({ is: 'found', household: copiedHousehold('A') });
    expect([hands.at, hands.pieces]).toEqual(['serving', 2]);
  });

  it('brings back no basket that stepped aside', () => {
    const hands = serveAlone('A', 2).feed({ is: 'park' });
    hands.world = { ...hands.world, ...over };
    hands.feed({ is: 'unpark', key: hands.state.parked[0]?.key ?? '' });
    expect([hands.at, hands.said, hands.state.parked.length]).toEqual(['waiting', 'shiftOver', 1]);
  });
});

describe('a server that is there and slow', () => {
  /** Found in the copy though the server is there: it had not answered in time. */
  function serveSlow(pieces: number, over: Partial<Household> = {}, limits = {}): Hands {
    const hands = new Hands({}, { withoutNetwork: amounts(limits) }).feed({ is: 'opened' });
    hands.feed({ is: 'asked', question: { card: cardOf('A') } });
    hands.feed({ is: 'found', household: copiedHousehold('A', { copiedFor: 'slow', ...over }) });
    for (let count = 0; count < pieces; count += 1) hands.feed({ is: 'goods', goodsId: 'salt' });
    return hands;
  }

  it('is asked by the row, and after three seconds the disk is enough', () => {
    const hands = serveSlow(2).send();
    expect(hands.effects).toMatchObject([
      { do: 'awaitAnswer', owed: { content: { presence: { cardIssuedAtMs: 500_000 } } } },
      { do: 'wait', ms: 3000 },
      { do: 'keepAside' },
    ]);
    hands.feed({ is: 'overdue' });
    expect(hands.effects).toMatchObject([{ do: 'noteEnd', how: 'here' }]);
    hands.feed(NOTED);
    expect(hands.state.place).toMatchObject({ at: 'done', receipt: { rowNumber: 7, points: 600 } });
  });

  it('that answers in time takes its own word on the card: it is looked up there, and confirmed once more', () => {
    const hands = serveSlow(2).send();
    hands.world = { ...hands.world, freshKey: 'second' };
    hands.answer(refused(problem('redemption.absent')));
    expect(hands.effects).toMatchObject([
      { do: 'keepAside', basket: { key: 'second' } },
      { do: 'refreshGoods' },
      { do: 'lookUp', question: { card: cardOf('A') } },
    ]);
    hands.feed({ is: 'found', household: household('A') });
    expect([hands.at, hands.pieces, hands.said, hands.key]).toEqual(['serving', 2, 'confirmAgain', 'second']);
    expect(hands.send().effects).toMatchObject([
      { do: 'awaitAnswer', owed: { key: 'second', content: { presence: { token: 'A-card-1000000' } } } },
      { do: 'wait' },
      { do: 'keepAside' },
    ]);
  });

  it.each([
    ['above the amount', 3, {}, { household: 600 }, 'overWithoutNetwork'],
    ['without a card', 2, byNumber, {}, 'cardNeeded'],
    ['while the card is new', 2, { newSince: { what: 'card', sinceMs: 1 } }, {}, 'secondNeedsNetwork'],
    ['of the own household', 2, {}, { isOwn: () => true }, 'ownHousehold'],
  ] as const)(
    'is waited for once %s, and where it stays silent that is said',
    (_, pieces, over, limits, no) => {
      const hands = serveSlow(pieces, over, limits).feed({ is: 'confirm' });
      expect(hands.effects.find((effect) => effect.do === 'lookUp')).toMatchObject({ isPatient: true });
      const silent = copiedHousehold('A', { copiedFor: 'silent', ...over });
      hands.feed({ is: 'found', household: silent }, { is: 'confirm' });
      expect([hands.at, hands.pieces, hands.said]).toEqual(['serving', pieces, no]);
    },
  );

  it('that answers after all serves what the copy could not', () => {
    const hands = serveSlow(3, {}, { household: 600 }).feed({ is: 'confirm' });
    hands.feed({ is: 'found', household: household('A') });
    expect([hands.said, hands.pieces]).toEqual(['confirmAgain', 3]);
    expect(hands.send().feed({ is: 'overdue' }).step).toBe('unclear');
    expect(hands.answer(booked(redemption('r', 'A'))).at).toBe('done');
  });
});

describe('no answer for three seconds', () => {
  it('is done by the disk within the amounts', () => {
    const hands = new Hands({}, { withoutNetwork: amounts() }).serve('A', 2).send().feed({ is: 'overdue' });
    expect(hands.effects).toMatchObject([{ do: 'noteEnd', key: 'fresh', how: 'here' }]);
    hands.feed(NOTED);
    expect(hands.state.place).toMatchObject({ at: 'done', receipt: { rowNumber: 7 } });
  });

  it('shows the page of the unclear above them, where it is not handed out', () => {
    const hands = new Hands({}, { withoutNetwork: amounts({ household: 599 }) }).serve('A', 2).send();
    expect(hands.feed({ is: 'overdue' }).step).toBe('unclear');
    expect(hands.feed({ is: 'handOut' }).did).toEqual([]);
  });

  it('14: what the household had today counts also after its name has left the screen', () => {
    const limits = amounts({ household: 1000 });
    const hands = new Hands({}, { withoutNetwork: limits }).serve('A', 2, { redeemedToday: 700 }).send();
    hands.feed({ is: 'overdue' }, { is: 'idle' }, { is: 'handOut' });
    expect([hands.step, hands.did]).toEqual(['unclear', []]);
  });

  it('is not done by the disk for a household of the volunteer’s own', () => {
    const limits = amounts({ isOwn: (id) => id === 'A' });
    const hands = new Hands({}, { withoutNetwork: limits }).serve('A', 2).send();
    expect([hands.feed({ is: 'overdue' }).step, hands.said]).toEqual(['unclear', 'ownHouseholdAsked']);
    expect(hands.feed({ is: 'handOut' }).did).toEqual([]);
    const found = new Hands({ owed: [owedRedeem()] }, gone({ isOwn: (id) => id === 'A' }));
    expect(found.feed({ is: 'opened' }, { is: 'handOut' }).did).toEqual([]);
    expect(found.step).toBe('unclear');
  });

  it('found after a reload is handed out when the volunteer says so, and not before', () => {
    const hands = new Hands({ owed: [owedRedeem()] }, gone()).feed({ is: 'opened' });
    expect(hands.step).toBe('unclear');
    hands.feed({ is: 'handOut' }, NOTED);
    expect(hands.state.place).toMatchObject({ at: 'done', receipt: { rowNumber: 7, points: 600 } });
    const late = new Hands({ owed: [owedRedeem()] }, gone({ left: 599 })).feed({ is: 'opened' });
    expect(late.feed({ is: 'handOut' }).did).toEqual([]);
  });

  it('an answer of the turn before says nothing of the row that was done here', () => {
    const hands = new Hands({}, { withoutNetwork: amounts() }).serve('A', 2).send();
    const { turn } = hands.state;
    hands.feed({ is: 'overdue' });
    const before = hands.state;
    hands.feedLate({ is: 'answered', turn, result: booked(redemption('r', 'A')) });
    expect(hands.state).toBe(before);
  });
});
