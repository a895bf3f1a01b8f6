import { describe, expect, it } from 'vitest';
import { basket, Hands, owedRedeem } from './hands.ts';
import { cardOf, household, type Id } from './shop-of-three.ts';

const MINUTE = 60_000;

/** So many baskets that stepped aside, each of another household. */
const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    basket({ key: `p${index}`, householdId: `H${index}`, householdNumber: `10${index}` }),
  );

const come = (hands: Hands, id: Id) =>
  hands.feed({ is: 'asked', question: { card: cardOf(id) } }, { is: 'found', household: household(id) });

describe('a household that steps aside', () => {
  it('leaves the screen with its basket, which its card brings back whole under its own key', () => {
    const hands = new Hands().serve('A', 2);
    const before = hands.state.place;
    const key = before.at === 'serving' ? before.visit.key : '';
    hands.feed({ is: 'park' });
    expect([hands.at, hands.said, hands.did]).toEqual([
      'waiting',
      'parked',
      ['keepParked', 'keepAside', 'forgetPaper'],
    ]);
    expect(JSON.stringify(hands.state.parked)).not.toContain('王');
    come(hands, 'B').feed({ is: 'left' });
    come(hands, 'A');
    expect([hands.at, hands.pieces, hands.said, hands.state.parked]).toEqual([
      'serving',
      2,
      'basketBack',
      [],
    ]);
    const { place } = hands.state;
    expect(place.at === 'serving' && place.visit.key).toBe(key);
  });

  it('comes back by a tap, too, and not while somebody is served', () => {
    const hands = new Hands().serve('A', 2).feed({ is: 'park' });
    const [parked] = hands.state.parked;
    come(hands, 'B').feed({ is: 'unpark', key: parked?.key ?? '' });
    expect(hands.at).toBe('serving');
    hands.feed({ is: 'left' }, { is: 'unpark', key: parked?.key ?? '' });
    expect([hands.at, hands.effects.find((effect) => effect.do === 'lookUp')]).toMatchObject([
      'looking',
      { question: { number: '001' } },
    ]);
    hands.feed({ is: 'found', household: household('A') });
    expect([hands.at, hands.pieces]).toEqual(['serving', 2]);
  });

  it('stays aside if it cannot be looked up', () => {
    const hands = new Hands({ parked: [basket()] }).feed({ is: 'opened' }, { is: 'unpark', key: 'k' });
    hands.feed({ is: 'notFound', failure: { kind: 'unknown' } as never });
    expect([hands.at, hands.state.parked.length]).toEqual(['waiting', 1]);
  });

  it('finds no room after five others, and keeps its basket', () => {
    const hands = new Hands({ parked: many(5) }).serve('A', 2).feed({ is: 'park' });
    expect([hands.at, hands.pieces, hands.said]).toEqual(['serving', 2, 'parkedFull']);
    hands.feed({ is: 'locked' });
    expect([hands.at, hands.said, hands.state.aside?.lines]).toEqual([
      'waiting',
      'basketWaits',
      [{ goodsId: 'salt', quantity: 2 }],
    ]);
  });

  it('is given up after half an hour, and that is said with its number', () => {
    const hands = new Hands({ parked: many(2) }).feed({ is: 'opened' });
    hands.world = { ...hands.world, nowMs: hands.world.nowMs + 29 * MINUTE };
    expect(hands.feed({ is: 'aged' }).state.parked).toHaveLength(2);
    hands.world = { ...hands.world, nowMs: hands.world.nowMs + 2 * MINUTE };
    hands.feed({ is: 'aged' });
    expect([hands.state.parked, hands.said]).toEqual([[], 'parkedEnded']);
    expect(JSON.stringify(hands.state.notice)).toContain('100、101');
  });

  it('is in one place after a power cut, and the disk is put right', () => {
    const twice = new Hands({ basket: basket(), parked: [basket(), ...many(1)] });
    expect([twice.state.aside?.key, twice.state.parked.map(({ key }) => key)]).toEqual(['k', ['p0']]);
    twice.feed({ is: 'opened' });
    expect(twice.effects.find((effect) => effect.do === 'keepParked')).toMatchObject({
      baskets: [{ key: 'p0' }],
    });
    // It was sent before the power went: what becomes of it is asked, and nobody confirms it anew.
    expect(new Hands({ owed: [owedRedeem()], parked: [basket()] }).state.parked).toEqual([]);
  });
});
