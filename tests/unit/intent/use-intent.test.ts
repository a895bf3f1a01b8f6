import { effectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readProblem, type Outcome } from '../../../client/api/outcome.ts';
import { useIntent } from '../../../client/intent/useIntent.ts';
import { settled } from '../../support/hand-api.ts';

const lost: Outcome<string> = { kind: 'unknown', reason: 'unreachable' };
const done: Outcome<string> = { kind: 'answer', data: 'done', filename: null };

const refused: Outcome<string> = {
  kind: 'problem',
  problem: readProblem(422, { code: 'goods.disabled', kind: 'refused', moved: 'no' }),
};

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

  it('14e: shows its refusal on when the network comes back: there is nothing to ask about', async () => {
    const { intent, sent } = screen([refused]);
    await intent.run('goal');
    window.dispatchEvent(new Event('online'));
    await settled();
    expect([sent, intent.failure]).toEqual([['goal'], refused]);
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
