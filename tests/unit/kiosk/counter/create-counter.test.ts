import { describe, expect, it, vi } from 'vitest';
import { createCounter, type Doers } from '../../../../client/kiosk/counter/create-counter.ts';
import type { Effect } from '../../../../client/kiosk/counter/effects.ts';
import type { Kept, WithoutNetwork } from '../../../../client/kiosk/counter/state.ts';
import { owedRedeem } from './hands.ts';
import { amounts, booked, household, namesIn, redemption, world } from './shop-of-three.ts';

/** A counter whose doers note what they are asked for, but for those given. */
function counterWith(
  own: Partial<Doers>,
  kept: Kept = { basket: null, owed: [owedRedeem()], damaged: null },
  withoutNetwork: WithoutNetwork | null = null,
) {
  const asked: Effect['do'][] = [];
  const note = (effect: Effect) => void asked.push(effect.do);
  const doers = new Proxy(own as Doers, {
    get: (given, name: Effect['do']) => (effect: never, feed: never) => {
      note(effect);
      (given as Partial<Doers>)[name]?.(effect, feed);
    },
  });
  const report = vi.fn();
  const counter = createCounter({ kept, world: () => world({ withoutNetwork }), doers, report });
  return { counter, asked, report };
}

describe('the counter’s runner', () => {
  it('lets an answer that comes at once wait until everything was asked for', () => {
    const { counter, asked } = counterWith({
      awaitAnswer: ({ turn }, feed) => feed({ is: 'answered', turn, result: booked(redemption('r', 'A')) }),
      lookUp: ({ turn }, feed) => feed({ is: 'found', turn, household: household('B') }),
    });
    counter.feed({ is: 'opened' });
    expect(asked).toEqual(['awaitAnswer', 'refreshGoods', 'sound', 'refreshGoods', 'listRecent']);
    expect(counter.screen).toBe('done');
    counter.feed({ is: 'asked', question: { card: '1' } });
    expect([counter.screen, counter.visit?.household.id]).toEqual(['serving', 'B']);
  });

  it('says that a card was read only where one was', () => {
    const { counter, asked } = counterWith(
      { lookUp: ({ turn }, feed) => feed({ is: 'found', turn, household: household('B') }) },
      { basket: null, owed: [], damaged: null },
    );
    counter.feed({ is: 'opened' });
    counter.feed({ is: 'asked', question: { number: '2' } });
    expect(counter.screen).toBe('serving');
    expect(asked).not.toContain('sound');
    counter.feed({ is: 'left' });
    counter.feed({ is: 'asked', question: { card: '1' } });
    expect(asked.filter((one) => one === 'sound')).toHaveLength(1);
  });

  it('goes on where one of its doers fails', () => {
    const failure = new Error('no loudspeaker');
    const { counter, asked, report } = counterWith(
      {
        sound: () => {
          throw failure;
        },
      },
      { basket: null, owed: [], damaged: null },
    );
    counter.feed({ is: 'opened' });
    counter.feed({ is: 'asked', question: { card: '1' } });
    expect(asked.at(-1)).toBe('lookUp');
    expect(report).toHaveBeenCalledWith(failure);
    counter.feed({ is: 'left' });
    expect(counter.screen).toBe('waiting');
  });

  it('shows the page of the unclear, and no name, for a row that was found after a reload', () => {
    const { counter } = counterWith({});
    expect([counter.screen, counter.isBusy]).toEqual(['waiting', false]);
    counter.feed({ is: 'opened' });
    expect([counter.screen, counter.isBusy, counter.visit, counter.receipt]).toEqual([
      'checking',
      true,
      null,
      null,
    ]);
    expect(namesIn(counter.state)).toEqual([]);
    expect(counter.sending?.owed.content.householdNumber).toBe('001');
  });

  it('offers to hand out by the disk within the village’s amounts alone', () => {
    const { counter } = counterWith({});
    counter.feed({ is: 'opened' });
    expect(counter.mayHandOut).toBe(false);
    const within = counterWith({}, undefined, amounts());
    within.counter.feed({ is: 'opened' });
    expect(within.counter.mayHandOut).toBe(true);
    const above = counterWith({}, undefined, amounts({ left: 599 }));
    above.counter.feed({ is: 'opened' });
    expect(above.counter.mayHandOut).toBe(false);
  });
});
