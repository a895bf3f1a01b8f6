import { describe, expect, it } from 'vitest';
import type { CounterEvent } from '../../../../client/kiosk/counter/events.ts';
import { STEPS } from '../../../../client/kiosk/counter/transition.ts';
import { type ByHand, Hands } from './hands.ts';
import { answer, household, lost, problem, redemption } from './shop-of-three.ts';

/** A counter in each of its places; two pieces of salt in every basket. */
const PLACES = {
  shut: () => new Hands(),
  waiting: () => new Hands().feed({ is: 'opened' }),
  looking: () => new Hands().feed({ is: 'opened' }, { is: 'asked', question: { card: '90000' } }),
  serving: () => new Hands().serve('A', 2),
  pin: () => new Hands().serve('A', 2, { pinAbove: 100 }).feed({ is: 'confirm' }),
  reach: () => new Hands().serve('A', 2).feed({ is: 'confirm' }),
  keep: () => new Hands().serve('A', 2).feed({ is: 'confirm' }, { is: 'reached', isThere: true }),
  ask: () => new Hands().serve('A', 2).send(),
  pause: () => new Hands().serve('A', 2).send().answer(lost),
  done: () => new Hands().serve('A', 2).send().answer(answer(redemption('r', 'A'))),
} as const;

/** Where each event leads from each place; `.` is nowhere, `-` not even to another state. */
const TABLE: Record<CounterEvent['is'], readonly [event: ByHand, leadsTo: string]> = {
  //                                                             shut    waiting looking serving pin     reach   keep    ask     pause   done
  opened: [{ is: 'opened' },                                    'waiting -       -       -       -       -       -       -       -       -'],
  shut: [{ is: 'shut' },                                        '-       shut    shut    shut    shut    shut    shut    shut    shut    shut'],
  goodsCame: [{ is: 'goodsCame' },                              '-       -       -       -       -       -       -       -       -       -'],
  networkCame: [{ is: 'networkCame' },                          '-       -       -       -       -       -       -       -       ask     -'],
  idle: [{ is: 'idle' },                                        '.       .       waiting waiting waiting .       .       .       .       waiting'],
  asked: [{ is: 'asked', question: { card: '90001' } },         '.       looking looking looking looking .       .       .       .       looking'],
  goods: [{ is: 'goods', goodsId: 'soap' },                     '.       .       .       .       serving .       .       .       .       .'],
  less: [{ is: 'less', goodsId: 'salt' },                       '-       -       -       .       -       -       -       -       -       -'],
  unreadable: [{ is: 'unreadable', name: 'foreign' },           '.       .       .       .       serving .       .       .       .       .'],
  confirm: [{ is: 'confirm' },                                  '-       -       -       reach   -       -       -       -       -       -'],
  pin: [{ is: 'pin', pin: '482915' },                           '-       -       -       -       .       -       -       -       -       -'],
  pinClosed: [{ is: 'pinClosed' },                              '-       -       -       -       serving -       -       -       -       -'],
  undo: [{ is: 'undo' },                                        '-       -       -       -       -       -       -       -       -       reach'],
  askNow: [{ is: 'askNow' },                                    '-       -       -       -       -       -       -       -       ask     -'],
  giveUp: [{ is: 'giveUp' },                                    '-       -       -       -       -       -       -       -       -       -'],
  left: [{ is: 'left' },                                        '.       .       waiting waiting waiting -       -       -       -       waiting'],
  signOut: [{ is: 'signOut' },                                  '-       .       waiting waiting waiting -       -       -       -       waiting'],
  dialog: [{ is: 'dialog', dialog: 'station' },                 '-       .       .       .       .       .       .       .       .       .'],
  history: [{ is: 'history', isOpen: true },                    '-       .       -       -       -       -       -       -       -       -'],
  told: [{ is: 'told', notice: { kind: 'warn', name: 'printFailed' } }, '. .     .       .       .       .       .       .       .       .'],
  noticeClosed: [{ is: 'noticeClosed' },                        '.       .       .       .       .       .       .       .       .       .'],
  found: [{ is: 'found', household: household('A') },           '-       -       serving -       -       -       -       -       -       -'],
  notFound: [{ is: 'notFound', failure: lost },                 '-       -       waiting -       -       -       -       -       -       -'],
  pinRight: [{ is: 'pinRight', proof: { proof: 'p', expiresAtMs: 9_999_999 } }, '- -     -       -       reach   -       -       -       -       -'],
  pinWrong: [{ is: 'pinWrong', failure: problem('auth.wrong') },'-       -       -       -       .       -       -       -       -       -'],
  reached: [{ is: 'reached', isThere: true },                   '-       -       -       -       -       keep    -       -       -       -'],
  kept: [{ is: 'kept', isKept: true },                          '-       -       -       -       -       -       ask     -       -       -'],
  answered: [{ is: 'answered', outcome: answer(redemption('r', 'A')) }, '- -     -       -       -       -       -       done    -       -'],
  paused: [{ is: 'paused' },                                    '-       -       -       -       -       -       -       -       ask     -'],
  recent: [{ is: 'recent', items: [] },                         '.       .       .       .       .       .       .       .       .       .'],
};

const rows = Object.entries(TABLE).flatMap(([is, [event, leadsTo]]) =>
  leadsTo.split(/\s+/).map((to, column) => {
    const [at = '', counter = PLACES.shut] = Object.entries(PLACES)[column] ?? [];
    return { is, at, to, event, counter };
  }),
);

describe('the counter, event by event', () => {
  it('has a step for each event, and each is in this table', () => {
    expect(Object.keys(STEPS).sort()).toEqual(Object.keys(TABLE).sort());
    expect(rows).toHaveLength(Object.keys(TABLE).length * Object.keys(PLACES).length);
  });

  it.each(rows)('$is in $at: $to', ({ at, to, event, counter }) => {
    const hands = counter();
    expect(hands.step).toBe(at);
    const before = hands.state;
    hands.feed(event);
    if (to === '-') expect([hands.state, hands.effects]).toEqual([before, []]);
    else expect(hands.step).toBe(to === '.' ? at : to);
  });
});
