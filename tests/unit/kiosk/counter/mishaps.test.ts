import { describe, expect, it } from 'vitest';
import { noticeOf } from '../../../../client/kiosk/counter/screen-view.ts';
import { basket, Hands, KEPT, NOTED, owedRedeem, owedUndo } from './hands.ts';
import {
  booked,
  cardOf,
  household,
  lost,
  namesIn,
  pointsShort,
  problem,
  redemption,
  refused,
  shelf,
  shiftOver,
} from './shop-of-three.ts';

const keyAsked = (hands: Hands) =>
  hands.effects.flatMap((effect) => (effect.do === 'awaitAnswer' ? [effect.owed.key] : []));

const asideKept = (hands: Hands) =>
  hands.effects.flatMap((effect) => (effect.do === 'keepAside' ? [effect.basket?.key ?? null] : []));

describe('a row that asks', () => {
  it('M1: stays through a reload, a shift that is over and a minute without a touch, and is asked about first', () => {
    const hands = new Hands({ owed: [owedRedeem()] });
    hands.feed({ is: 'idle' }, { is: 'left' });
    expect(hands.did).not.toContain('noteEnd');
    expect(hands.state.owed).toHaveLength(1);
    hands.feed({ is: 'opened' });
    expect([hands.step, keyAsked(hands)]).toEqual(['unclear', ['k']]);
  });

  it('M1: is forgotten by no clock while it has no answer', () => {
    const hands = new Hands().serve('A', 2).send().feed({ is: 'overdue' }, { is: 'idle' });
    expect(hands.step).toBe('unclear');
    expect(namesIn(hands.state)).toEqual([]);
    expect(hands.feed({ is: 'askNow' }).did).toEqual(['wake']);
    hands.answer(booked(redemption('r', 'A')));
    expect(hands.at).toBe('done');
  });

  it('M2: is not pushed aside by a card that is scanned while the shelf is still being fetched', () => {
    const hands = new Hands({ owed: [owedRedeem()] }, { goods: null });
    hands.feed({ is: 'opened' }, { is: 'asked', question: { card: cardOf('B') } });
    expect([hands.step, hands.said]).toEqual(['unclear', 'busy']);
    hands.answer(booked(redemption('r', 'A')));
    expect([hands.at, hands.did]).toEqual(['done', ['sound', 'refreshGoods', 'listRecent']]);
  });

  it('M3: a look-up that brings a basket back is late once another card was scanned', () => {
    const hands = new Hands({ basket: basket() }).feed({ is: 'opened' });
    const { turn } = hands.state;
    hands.feed({ is: 'asked', question: { card: cardOf('B') } });
    hands.feed({ is: 'found', household: household('B') }, { is: 'goods', goodsId: 'soap' });
    const before = hands.state;
    hands.feedLate({ is: 'found', turn, household: household('A') });
    expect(hands.state).toBe(before);
    expect(namesIn(hands.state)).toEqual(['B']);
  });

  it('M4: a disk that refuses locks nothing and sends nothing: the basket is back, under a key that no row has', () => {
    const hands = new Hands().serve('A', 2).feed({ is: 'confirm' }, { is: 'reached', isThere: true });
    hands.world = { ...hands.world, freshKey: 'second' };
    hands.feed({ is: 'kept', isKept: false, rowNumber: 0 });
    expect([hands.at, hands.pieces, hands.said, hands.key]).toEqual(['serving', 2, 'notKept', 'second']);
    // A refused write may be there all the same, and is given up then.
    expect(asideKept(hands)).toEqual(['second']);
    hands.send();
    expect(keyAsked(hands)).toEqual(['second']);
  });

  it('M19: keeps its key and content through an answer that does not come, a shift that ends and a new sign-in', () => {
    const hands = new Hands().serve('A', 1).send().feed({ is: 'overdue' }, { is: 'shut' });
    expect([hands.state.owed.map(({ key }) => key), namesIn(hands.state)]).toEqual([['fresh'], []]);
    hands.world = { ...hands.world, goods: null, freshKey: 'another' };
    hands.feed({ is: 'opened' }, { is: 'goods', goodsId: 'salt' });
    expect([hands.step, hands.said]).toEqual(['unclear', 'busy']);
    const { place } = hands.state;
    expect(place.at === 'sending' && place.owed).toMatchObject({
      key: 'fresh',
      content: { points: 300, lines: [{ goodsId: 'salt', quantity: 1, name: '名-salt', price: 300 }] },
    });
  });

  it('comes back unsent for whoever signs in, if the server was not reached when the shift ended', () => {
    const hands = new Hands().serve('A', 2).feed({ is: 'confirm' }, { is: 'shut' });
    expect(hands.state).toMatchObject({ owed: [], aside: { key: 'fresh', householdNumber: '001' } });
    hands.feed({ is: 'opened' });
    expect(hands.state.place).toMatchObject({ at: 'looking', why: 'back', question: { number: '001' } });
  });

  it('comes back unsent for whoever signs in, if the shift was over: its row is over, too', () => {
    const hands = new Hands().serve('A', 2).send();
    hands.world = { ...hands.world, freshKey: 'second' };
    hands.answer(refused(shiftOver));
    expect([hands.state.aside?.key, asideKept(hands), hands.at]).toEqual(['second', ['second'], 'waiting']);
    hands.feed({ is: 'shut' }, { is: 'opened' });
    expect(hands.state.place).toMatchObject({ at: 'looking', why: 'back', question: { number: '001' } });
  });

  it('is asked about one after the other, an undo before a basket', () => {
    const hands = new Hands({ owed: [owedRedeem(), owedUndo()] }).feed({ is: 'opened' });
    expect(keyAsked(hands)).toEqual(['u']);
    hands.answer(booked(redemption('r', 'A', { undone: true })));
    expect([keyAsked(hands), hands.did]).toEqual([['k'], ['refreshGoods', 'awaitAnswer']]);
  });

  it('that cannot be read any more is spoken of until it is acknowledged, and stays on the disk', () => {
    const hands = new Hands({ damaged: ['k'] }).feed({ is: 'opened' });
    expect(hands.did).toContain('sound');
    hands.feed({ is: 'asked', question: { card: cardOf('A') } });
    expect([hands.state.damaged, noticeOf(hands.state)]).toEqual([
      ['k'],
      { kind: 'warn', name: 'damagedRow' },
    ]);
    hands.feed({ is: 'noticeClosed' });
    expect([hands.state.damaged, hands.effects]).toEqual([null, []]);
  });

  it('14i: a disk that cannot be read at all is spoken of as that, and nothing is written when it is acknowledged', () => {
    const hands = new Hands({ damaged: 'all' }).feed({ is: 'opened' });
    expect([noticeOf(hands.state), hands.did.includes('sound')]).toEqual([
      { kind: 'warn', name: 'diskUnreadable' },
      true,
    ]);
    hands.feed({ is: 'noticeClosed' });
    expect([hands.state.damaged, hands.effects]).toEqual([null, []]);
  });

  it('can be given up only when no answer came in time, on the disk, and goes on under another key', () => {
    const hands = new Hands().serve('A', 2).send().feed({ is: 'giveUp' });
    expect([hands.step, hands.did]).toEqual(['ask', []]);
    hands.feed({ is: 'overdue' }, { is: 'giveUp' });
    expect(hands.effects).toMatchObject([{ do: 'noteEnd', key: 'fresh', how: 'given_up' }]);
    hands.world = { ...hands.world, freshKey: 'second' };
    hands.feed(NOTED);
    expect([hands.at, hands.pieces, hands.key, asideKept(hands)]).toEqual([
      'serving',
      2,
      'second',
      ['second'],
    ]);
  });

  it('goes on asking where the disk refuses to give it up', () => {
    const hands = new Hands().serve('A', 2).send().feed({ is: 'overdue' }, { is: 'giveUp' });
    hands.feed({ is: 'noted', isKept: false, rowNumber: 0 });
    expect([hands.step, hands.said, keyAsked(hands)]).toEqual(['unclear', 'notNoted', ['fresh']]);
    expect(hands.answer(booked(redemption('r', 'A'))).at).toBe('done');
  });

  it('given up after a reload comes back as a basket that waits for its card', () => {
    const hands = new Hands({ owed: [owedRedeem()] }).feed({ is: 'opened' }, { is: 'giveUp' }, NOTED);
    expect([hands.at, hands.said, hands.state.aside]).toMatchObject([
      'waiting',
      'basketWaits',
      { key: 'fresh', presence: null, lines: [{ goodsId: 'salt', quantity: 2 }] },
    ]);
    hands.feed({ is: 'asked', question: { card: cardOf('A') } }, { is: 'found', household: household('A') });
    expect([hands.at, hands.pieces, hands.key]).toEqual(['serving', 2, 'fresh']);
  });

  it('that the disk does not know was never sent: its basket comes back', () => {
    const hands = new Hands({ owed: [owedRedeem()] }).feed({ is: 'opened' }).answer({ is: 'gone' });
    expect([hands.at, hands.state.aside?.key]).toEqual(['waiting', 'fresh']);
  });

  it('that ended here, though that could not be heard, is no basket any more, and is spoken of', () => {
    const hands = new Hands().serve('A', 2).send().feed({ is: 'overdue' });
    hands.answer({ is: 'ended', how: 'here' });
    expect([hands.at, hands.state.aside, hands.said]).toEqual(['waiting', null, 'recordedHere']);
  });

  it('an undo that is over is offered under another key', () => {
    const undoing = () => {
      const hands = new Hands()
        .serve('A', 2)
        .send()
        .answer(booked(redemption('r', 'A')));
      hands.world = { ...hands.world, freshKey: 'second' };
      return hands.feed({ is: 'undo' }, { is: 'reached', isThere: true });
    };
    const notKept = undoing().feed({ is: 'kept', isKept: false, rowNumber: 0 });
    expect([notKept.said, notKept.state.undoable?.key]).toEqual(['notKeptUndo', 'second']);
    const givenUp = undoing().feed(KEPT, { is: 'overdue' }, { is: 'giveUp' }, NOTED);
    expect(givenUp.state.undoable).toMatchObject({ key: 'second', undoes: 'fresh' });
    const no = undoing().feed(KEPT).answer(refused(pointsShort));
    const again = { ...redemption('r', 'A'), rowKey: 'fresh' };
    expect(no.feed({ is: 'recent', items: [again] }).state.undoable?.key).toBe('second');
    const here = undoing().feed(KEPT, { is: 'overdue' }).answer({ is: 'ended', how: 'here' });
    expect([here.state.undoable, here.said]).toEqual([null, 'recordedHere']);
  });
});

describe('a basket that was not sent', () => {
  it('M20: is kept with each change, and leaves its place on the disk once its row is there', () => {
    const hands = new Hands().serve('A').feed({ is: 'goods', goodsId: 'salt' });
    expect(hands.did).toEqual(['keepAside', 'sound']);
    hands.feed({ is: 'confirm' }, { is: 'reached', isThere: true });
    expect(hands.effects).toMatchObject([{ do: 'keepRow', how: null, owed: { key: 'fresh' } }]);
    hands.feed(KEPT);
    expect(hands.effects).toMatchObject([
      { do: 'awaitAnswer' },
      { do: 'wait', ms: 3000 },
      { do: 'keepAside', basket: null },
    ]);
  });

  it('M20: whose row was written before the power went does not come back beside it', () => {
    const isUsed = (key: string) => key === 'k';
    const hands = new Hands({ basket: basket(), parked: [basket({ key: 'p' }), basket()], isUsed });
    expect([hands.state.aside, hands.state.parked.map(({ key }) => key)]).toEqual([null, ['p']]);
    expect(hands.feed({ is: 'opened' }).did).toContain('keepParked');
  });

  it('comes back within a minute when the shelf is known, later by its card, and after half an hour not at all', () => {
    const soon = new Hands({ basket: basket() }, { goods: null }).feed({ is: 'opened' });
    expect([soon.at, soon.did]).toEqual(['waiting', ['refreshGoods', 'listRecent']]);
    soon.world = { ...soon.world, goods: shelf() };
    soon.feed({ is: 'goodsCame' }).feed({ is: 'found', household: household('A') });
    expect([soon.at, soon.pieces, soon.said]).toEqual(['serving', 2, 'basketBack']);

    const later = new Hands({ basket: basket({ changedAtMs: 1_000_000 - 61_000 }) }).feed({ is: 'opened' });
    expect([later.at, later.said]).toEqual(['waiting', 'basketWaits']);
    later.feed({ is: 'asked', question: { card: cardOf('A') } }, { is: 'found', household: household('A') });
    expect([later.pieces, later.said]).toEqual([2, 'basketBack']);

    const tooLate = new Hands({ basket: basket({ changedAtMs: 1_000_000 - 31 * 60_000 }) });
    tooLate.feed({ is: 'opened' });
    expect([tooLate.state.aside, tooLate.did]).toEqual([null, ['refreshGoods', 'listRecent', 'keepAside']]);
  });

  it('waits for its card when another’s cannot be looked up, and is dropped when another is found', () => {
    const hands = new Hands().serve('A', 2).feed({ is: 'asked', question: { card: cardOf('B') } });
    hands.feed({ is: 'notFound', failure: lost });
    expect(hands.state.notice).toMatchObject({ kind: 'failure', also: [{ name: 'basketKept' }] });
    hands.feed({ is: 'asked', question: { card: cardOf('B') } }, { is: 'found', household: household('B') });
    expect([hands.said, hands.effects]).toEqual(['basketDropped', [{ do: 'keepAside', basket: null }]]);
  });

  it('stays on the screen when its own card cannot be looked up again', () => {
    const hands = new Hands().serve('A', 2).feed({ is: 'asked', question: { card: cardOf('A') } });
    hands.feed({ is: 'notFound', failure: lost });
    expect([hands.at, hands.pieces, hands.said]).toEqual(['serving', 2, 'failure']);
  });

  it('comes back under another key when it is refused, without a proof that would be refused again', () => {
    const hands = new Hands()
      .serve('A', 2, { pinAbove: 100 })
      .feed({ is: 'confirm' }, { is: 'pin', pin: '482915' });
    hands.feed({ is: 'pinRight', proof: { proof: 'p', expiresAtMs: 9_999_999 } });
    hands.feed({ is: 'reached', isThere: true }, KEPT);
    hands.world = { ...hands.world, freshKey: 'second' };
    hands.answer(refused(problem('redemption.pin_needed')));
    expect(hands.did).toEqual(['keepAside', 'refreshGoods', 'lookUp']);
    hands.feed({ is: 'found', household: household('A', { pinAbove: 100 }) });
    expect(hands.state.place).toMatchObject({ at: 'serving', visit: { key: 'second', proof: null } });
    expect([hands.said, hands.feed({ is: 'confirm' }).at]).toEqual(['failure', 'pin']);
  });

  it('a right PIN counts for its basket, also where the clock of this device is minutes ahead of the server', () => {
    const hands = new Hands().serve('A', 2, { pinAbove: 100 });
    hands.feed({ is: 'confirm' }, { is: 'pin', pin: '482915' });
    hands.feed({ is: 'pinRight', proof: { proof: 'p', expiresAtMs: hands.world.nowMs - 60_000 } });
    expect(hands.step).toBe('reach');
  });
});

describe('why a basket was refused', () => {
  const pending = () => new Hands().serve('A', 2).send().answer(refused(pointsShort));
  const refusal = (hands: Hands) => [hands.state.notice, ...(hands.state.notice?.also ?? [])];
  const itsWords = expect.objectContaining({ name: 'refusedBefore' }) as unknown;

  it('14c: is told on its own screen, also when its card is scanned once more before that', () => {
    const hands = pending().feed({ is: 'asked', question: { card: cardOf('A') } });
    hands.feed({ is: 'found', household: household('A') });
    expect([hands.at, hands.pieces]).toEqual(['serving', 2]);
    expect(hands.state.notice).toMatchObject({ kind: 'failure', writes: true });
  });

  it('14c: is told beside another household, whose card came before it was told', () => {
    const hands = pending()
      .feed({ is: 'asked', question: { card: cardOf('B') } })
      .feed({ is: 'found', household: household('B') });
    expect([namesIn(hands.state), hands.did]).toEqual([['B'], ['sound', 'keepAside']]);
    expect(refusal(hands)).toMatchObject([itsWords, { name: 'basketDropped' }]);
  });

  it('14c: is told where that card cannot be looked up, however many cards came', () => {
    const hands = pending();
    for (const id of ['B', 'C'] as const) hands.feed({ is: 'asked', question: { card: cardOf(id) } });
    hands.feed({ is: 'notFound', failure: lost });
    expect(refusal(hands)).toMatchObject([{ kind: 'failure' }, { name: 'basketKept' }, itsWords]);
  });
});

const looking = () => new Hands().feed({ is: 'opened' }, { is: 'asked', question: { card: cardOf('A') } });

describe('what is scanned and what is shown', () => {
  it('14d: no slip or statement of a household stays to be printed when the shift ends', () => {
    expect(new Hands().serve('A', 2).feed({ is: 'shut' }).did).toContain('forgetPaper');
    expect(new Hands().serve('A', 2).send().feed({ is: 'shut' }).did).toContain('forgetPaper');
  });

  it('F22: a scan while a PIN is checked closes the question, and the PIN that proves right is late', () => {
    const hands = new Hands()
      .serve('A', 2, { pinAbove: 100 })
      .feed({ is: 'confirm' }, { is: 'pin', pin: '482915' });
    const { turn } = hands.state;
    hands.feed({ is: 'unreadable', name: 'foreign' });
    hands.feedLate({ is: 'pinRight', turn, proof: { proof: 'p', expiresAtMs: 9_999_999 } });
    expect([hands.at, hands.did]).toEqual(['serving', []]);
  });

  it.each(['misread', 'unknownGoods'] as const)(
    'says of no barcode that it is %s before the shelf is known',
    (name) => {
      const params = { code: '6907001000371' };
      for (const hands of [new Hands().feed({ is: 'opened' }), looking(), new Hands().serve('A')]) {
        hands.world = { ...hands.world, goods: null };
        const { at } = hands;
        hands.feed({ is: 'unreadable', name, params });
        expect([hands.at, hands.did]).toEqual([at, ['sound', 'refreshGoods']]);
        expect(hands.state.notice).toEqual({ kind: 'bad', name: 'shelfNotRead', params });
      }
    },
  );

  it('says it still when the household is found, and what is scanned afterwards counts', () => {
    const hands = looking();
    const { goods } = hands.world;
    hands.world = { ...hands.world, goods: null };
    hands.feed({ is: 'unreadable', name: 'unknownGoods', params: { code: '6907001000371' } });
    hands.feed({ is: 'found', household: household('A') });
    expect([hands.at, hands.said, hands.pieces]).toEqual(['serving', 'shelfNotRead', 0]);
    hands.world = { ...hands.world, goods };
    hands.feed({ is: 'goodsCame' }, { is: 'goods', goodsId: 'salt' });
    expect([hands.said, hands.pieces]).toEqual([null, 1]);
  });

  it('knows a foreign code without the shelf', () => {
    const hands = new Hands().serve('A');
    hands.world = { ...hands.world, goods: null };
    hands.feed({ is: 'unreadable', name: 'foreign' });
    expect([hands.said, hands.did]).toEqual(['foreign', ['sound']]);
  });

  it('N2: goods that are no longer handed out leave the basket with a word', () => {
    const hands = new Hands().serve('A', 2).feed({ is: 'goods', goodsId: 'soap' });
    hands.world = { ...hands.world, goods: shelf('salt') };
    hands.feed({ is: 'goodsCame' });
    expect([hands.pieces, hands.state.notice]).toEqual([
      2,
      { kind: 'warn', name: 'goodsGone', params: { names: '名-soap' } },
    ]);
    expect(hands.did).toEqual(['keepAside', 'sound']);
  });

  it('N2: and so they do when they vanish on the way to the confirm button', () => {
    const hands = new Hands().serve('A', 2);
    hands.world = { ...hands.world, goods: shelf('soap'), goodsNames: new Map() };
    hands.feed({ is: 'confirm' });
    expect([hands.at, hands.pieces, hands.said]).toEqual(['serving', 0, 'goodsGoneUnnamed']);
  });

  it('N4: goods scanned ahead of a look-up are added in their order, and spoken of when it fails', () => {
    const ahead = () =>
      new Hands()
        .feed({ is: 'opened' }, { is: 'asked', question: { card: cardOf('A') } })
        .feed(...(['soap', 'salt', 'soap'] as const).map((goodsId) => ({ is: 'goods', goodsId }) as const));
    const found = ahead().feed({ is: 'found', household: household('A') });
    expect(found.state.place).toMatchObject({
      visit: {
        lines: [
          { goodsId: 'soap', quantity: 2 },
          { goodsId: 'salt', quantity: 1 },
        ],
      },
    });
    const failed = ahead().feed({ is: 'notFound', failure: lost });
    expect(failed.state.notice).toMatchObject({
      kind: 'failure',
      also: [{ name: 'aheadLost', params: { n: 3 } }],
    });
    const other = ahead().feed({ is: 'asked', question: { card: cardOf('B') } });
    other.feed({ is: 'found', household: household('B') });
    expect([other.pieces, other.said]).toEqual([0, 'aheadLost']);
  });

  it('says no to every hand while something is on its way', () => {
    const hands = new Hands().serve('A', 2).send();
    const { place } = hands.state;
    for (const is of ['left', 'signOut', 'confirm', 'undo', 'pinClosed'] as const) hands.feed({ is });
    hands.feed({ is: 'less', goodsId: 'salt' }, { is: 'goods', goodsId: 'salt' });
    expect([hands.state.place, hands.said]).toEqual([place, 'busy']);
  });

  it('lets an undo leave the screen of whoever is served now', () => {
    const hands = new Hands()
      .serve('A', 2)
      .send()
      .answer(booked(redemption('r', 'A')));
    hands.feed({ is: 'asked', question: { card: cardOf('B') } }, { is: 'found', household: household('B') });
    hands.feed({ is: 'goods', goodsId: 'soap' }, { is: 'undo' }, { is: 'reached', isThere: true });
    hands.feed(KEPT).answer(booked(redemption('r', 'A', { undone: true })));
    expect([hands.at, hands.pieces, hands.said, namesIn(hands.state)]).toEqual([
      'serving',
      1,
      'undone',
      ['B'],
    ]);
    expect(hands.state.undoable).toBeNull();
  });

  it('asks the server whether something can be undone that may have been booked long ago', () => {
    const hands = new Hands().serve('A', 2).send().feed({ is: 'overdue' });
    hands.answer(booked(redemption('r', 'A')));
    expect([hands.state.undoable, hands.did.includes('listRecent')]).toEqual([null, true]);
    const item = { ...redemption('r', 'A', { bookedAtMs: 900_000 }), rowKey: 'k' };
    hands.feed({ is: 'recent', items: [item] });
    expect(hands.state.undoable).toMatchObject({
      ...{ undoes: 'k', redemptionId: 'r', householdNumber: '001' },
      untilMs: 900_000 + 10 * 60_000,
    });
    hands.feed({ is: 'recent', items: [{ ...item, rowKey: null }] });
    expect(hands.state.undoable).toBeNull();
    hands.feed(
      { is: 'recent', items: [item] },
      { is: 'dialog', dialog: 'undo' },
      { is: 'recent', items: [] },
    );
    expect([hands.state.undoable, hands.state.overlay.dialog]).toEqual([null, null]);
  });

  it('waits as long after wrong PINs as the server says', () => {
    const hands = new Hands()
      .serve('A', 2, { pinAbove: 100 })
      .feed({ is: 'confirm' }, { is: 'pin', pin: '000001' });
    hands.feed({ is: 'pinWrong', failure: problem('auth.locked', 'retry', 'no', { seconds: 30 }) });
    expect(hands.feed({ is: 'pin', pin: '482915' }).did).toEqual([]);
    hands.world = { ...hands.world, nowMs: 1_030_001 };
    expect(hands.feed({ is: 'pin', pin: '482915' }).did).toEqual(['checkPin']);
  });

  it('closes dialogs for a scan, and all that lies over the counter for a card', () => {
    const hands = new Hands().feed({ is: 'opened' }, { is: 'dialog', dialog: 'find' });
    hands.feed({ is: 'goods', goodsId: 'salt' });
    expect([hands.state.overlay.dialog, hands.said]).toEqual([null, 'scanCardFirst']);
    hands.feed({ is: 'dialog', dialog: 'camera' }, { is: 'goods', goodsId: 'salt' });
    expect(hands.state.overlay.dialog).toBe('camera');
    hands.feed({ is: 'asked', question: { card: cardOf('A') } });
    expect(hands.state.overlay).toEqual({ dialog: null, isHistoryOpen: false });
    expect(hands.did).toContain('forgetPaper');
  });

  it('comes back to the basket where points are short, with what the server says', () => {
    const hands = new Hands().serve('A', 2).send().answer(refused(pointsShort));
    hands.feed({ is: 'notFound', failure: lost });
    expect([hands.at, hands.pieces, hands.state.notice]).toEqual([
      'serving',
      2,
      { kind: 'failure', failure: pointsShort, writes: true },
    ]);
  });
});
