import { effectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Outcome } from '../../../client/api/outcome.ts';
import { useIntent } from '../../../client/intent/use-intent.ts';
import { settled } from '../../support/hand-api.ts';

const lost: Outcome<string> = { kind: 'unknown', reason: 'unreachable' };
const done: Outcome<string> = { kind: 'answer', data: 'done', filename: null };

describe('an intent of a screen', () => {
  beforeEach(() => vi.stubGlobal('window', new EventTarget()));
  afterEach(() => vi.unstubAllGlobals());

  function screen(outcomes: Outcome<string>[]) {
    const sent: string[] = [];
    const booked: string[] = [];
    const scope = effectScope();
    const intent = scope.run(() =>
      useIntent<string, string>({
        attemptsMax: 1,
        send(what) {
          sent.push(what);
          return Promise.resolve(outcomes.shift() ?? done);
        },
        booked: (_, { content }) => void booked.push(content),
      }),
    );
    if (!intent) throw new Error('no screen');
    return { intent, sent, booked, leave: () => scope.stop() };
  }

  it('is asked about when the network comes back', async () => {
    const { intent, booked } = screen([lost]);
    await intent.run('goal');
    window.dispatchEvent(new Event('online'));
    await settled();
    expect([booked, intent.unclear]).toEqual([['goal'], null]);
  });

  it('is sent no more when the screen is gone: another household may be logged in by then', async () => {
    const { intent, sent, booked, leave } = screen([lost]);
    await intent.run('goal');
    leave();
    window.dispatchEvent(new Event('online'));
    await settled();
    await intent.ask();
    expect([sent, booked]).toEqual([['goal'], []]);
  });
});
