import { describe, expect, it } from 'vitest';
import type { CounterEvent } from '../../../../client/kiosk/counter/events.ts';
import { STEPS } from '../../../../client/kiosk/counter/transition.ts';
import { type ByHand, Hands, KEPT, NOTED } from './hands.ts';
import { booked, household, lost, problem, redemption } from './shop-of-three.ts';

/** A counter in each of its places; two pieces of salt in every basket. */
const PLACES = {
  shut: () => new Hands(),
  waiting: () => new Hands().feed({ is: 'opened' }),
  looking: () => new Hands().feed({ is: 'opened' }, { is: 'asked', question: { card: '90000' } }),
  serving: () => new Hands().serve('A', 2),
  pin: () => new Hands().serve('A', 2, { pinAbove: 100 }).feed({ is: 'confirm' }),
  vouch: () => new Hands().serve('A', 2, { newSince: { what: 'card', sinceMs: 1 } }).feed({ is: 'confirm' }),
  reach: () => new Hands().serve('A', 2).feed({ is: 'confirm' }),
  keep: () => new Hands().serve('A', 2).feed({ is: 'confirm' }, { is: 'reached', isThere: true }),
  ask: () => new Hands().serve('A', 2).send(),
  unclear: () => new Hands().serve('A', 2).send().feed({ is: 'overdue' }),
  note: () => new Hands().serve('A', 2).send().feed({ is: 'overdue' }, { is: 'giveUp' }),
  done: () =>
    new Hands()
      .serve('A', 2)
      .send()
      .answer(booked(redemption('r', 'A'))),
} as const;

const EVENTS: Record<CounterEvent['is'], ByHand> = {
  opened: { is: 'opened' },
  shut: { is: 'shut' },
  goodsCame: { is: 'goodsCame' },
  networkCame: { is: 'networkCame' },
  idle: { is: 'idle' },
  asked: { is: 'asked', question: { card: '90001' } },
  goods: { is: 'goods', goodsId: 'soap' },
  less: { is: 'less', goodsId: 'salt' },
  unreadable: { is: 'unreadable', name: 'foreign' },
  confirm: { is: 'confirm' },
  pin: { is: 'pin', pin: '482915' },
  vouch: { is: 'vouch', volunteerId: 'v', pin: '482915' },
  pinClosed: { is: 'pinClosed' },
  undo: { is: 'undo' },
  askNow: { is: 'askNow' },
  giveUp: { is: 'giveUp' },
  handOut: { is: 'handOut' },
  left: { is: 'left' },
  signOut: { is: 'signOut' },
  park: { is: 'park' },
  unpark: { is: 'unpark', key: 'k' },
  locked: { is: 'locked' },
  aged: { is: 'aged' },
  dialog: { is: 'dialog', dialog: 'station' },
  history: { is: 'history', isOpen: true },
  told: { is: 'told', notice: { kind: 'warn', name: 'printFailed' } },
  noticeClosed: { is: 'noticeClosed' },
  found: { is: 'found', household: household('A') },
  notFound: { is: 'notFound', failure: lost },
  pinRight: { is: 'pinRight', proof: { proof: 'p', expiresAtMs: 9_999_999 } },
  pinWrong: { is: 'pinWrong', failure: problem('auth.wrong') },
  vouchRight: {
    is: 'vouchRight',
    proof: { proof: 'v', volunteerId: 'v', points: 600, expiresAtMs: 9_999_999 },
  },
  vouchWrong: { is: 'vouchWrong', failure: problem('auth.wrong') },
  reached: { is: 'reached', isThere: true },
  kept: KEPT,
  answered: { is: 'answered', result: booked(redemption('r', 'A')) },
  overdue: { is: 'overdue' },
  noted: NOTED,
  recent: { is: 'recent', items: [] },
};

/** The step after each event in each place. A dot: the same step. A dash: the very same state, and no effect. */
const TABLE = `
               shut     waiting  looking  serving  pin      vouch    reach    keep     ask      unclear  note     done
  opened       waiting  -        -        -        -        -        -        -        -        -        -        -
  shut         -        shut     shut     shut     shut     shut     shut     shut     shut     shut     shut     shut
  goodsCame    -        -        -        -        -        -        -        -        -        -        -        -
  networkCame  -        -        -        -        -        -        -        -        .        .        -        -
  idle         .        .        waiting  waiting  waiting  waiting  .        .        .        .        .        waiting
  asked        .        looking  looking  looking  looking  looking  .        .        .        .        .        looking
  goods        .        .        .        .        serving  serving  .        .        .        .        .        .
  less         -        -        -        .        -        -        -        -        -        -        -        -
  unreadable   .        .        .        .        serving  serving  .        .        .        .        .        .
  confirm      -        -        -        reach    -        -        -        -        -        -        -        -
  pin          -        -        -        -        .        -        -        -        -        -        -        -
  vouch        -        -        -        -        -        .        -        -        -        -        -        -
  pinClosed    -        -        -        -        serving  serving  -        -        -        -        -        -
  undo         -        -        -        -        -        -        -        -        -        -        -        reach
  askNow       -        -        -        -        -        -        -        -        .        .        -        -
  giveUp       -        -        -        -        -        -        -        -        -        note     -        -
  handOut      -        -        -        -        -        -        -        -        -        -        -        -
  left         .        .        waiting  waiting  waiting  waiting  -        -        -        -        -        waiting
  signOut      -        .        waiting  waiting  waiting  waiting  -        -        -        -        -        waiting
  park         -        -        -        waiting  -        -        -        -        -        -        -        -
  unpark       -        -        -        -        -        -        -        -        -        -        -        -
  locked       -        .        waiting  waiting  waiting  waiting  .        .        .        .        .        waiting
  aged         -        -        -        -        -        -        -        -        -        -        -        -
  dialog       -        .        .        .        .        .        .        .        .        .        .        .
  history      -        .        -        -        -        -        -        -        -        -        -        -
  told         .        .        .        .        .        .        .        .        .        .        .        .
  noticeClosed .        .        .        .        .        .        .        .        .        .        .        .
  found        -        -        serving  -        -        -        -        -        -        -        -        -
  notFound     -        -        waiting  -        -        -        -        -        -        -        -        -
  pinRight     -        -        -        -        reach    -        -        -        -        -        -        -
  pinWrong     -        -        -        -        .        -        -        -        -        -        -        -
  vouchRight   -        -        -        -        -        reach    -        -        -        -        -        -
  vouchWrong   -        -        -        -        -        .        -        -        -        -        -        -
  reached      -        -        -        -        -        -        keep     -        -        -        -        -
  kept         -        -        -        -        -        -        -        ask      -        -        -        -
  answered     -        -        -        -        -        -        -        -        done     done     -        -
  overdue      -        -        -        -        -        -        -        -        unclear  -        -        -
  noted        -        -        -        -        -        -        -        -        -        -        serving  -
  recent       .        .        .        .        .        .        .        .        .        .        .        .
`;

const [places = [], ...lines] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const rows = lines.flatMap(([is = '', ...leadsTo]) =>
  leadsTo.map((to, column) => ({ is, to, at: places[column] ?? '' })),
);

describe('the counter, event by event', () => {
  it('has a step for each event, and each is in this table', () => {
    expect(Object.keys(STEPS).sort()).toEqual(lines.map(([is]) => is).sort());
    expect(places).toEqual(Object.keys(PLACES));
    expect(rows).toHaveLength(lines.length * places.length);
  });

  it.each(rows)('$is in $at: $to', ({ is, at, to }) => {
    const hands = PLACES[at as keyof typeof PLACES]();
    expect(hands.step).toBe(at);
    const before = hands.state;
    hands.feed(EVENTS[is as CounterEvent['is']]);
    if (to === '-') expect([hands.state, hands.effects]).toEqual([before, []]);
    else expect(hands.step).toBe(to === '.' ? at : to);
  });
});
