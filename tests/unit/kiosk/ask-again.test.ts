import { describe, expect, it } from 'vitest';
import type { ApiProblem, Outcome } from '../../../client/api/index.ts';
import { askUntilKnown, pauseMs } from '../../../client/kiosk/ask-again.ts';
import { idlenessAfter } from '../../../client/kiosk/idle.ts';

const lost: Outcome<string> = { kind: 'unknown', reason: 'timeout' };
const answered: Outcome<string> = { kind: 'answer', data: 'booked', filename: null };

function problem(kind: ApiProblem['kind'], moved: ApiProblem['moved']): Outcome<string> {
  return {
    kind: 'problem',
    problem: { status: 503, code: 'server.busy', kind, moved, title: '', detail: '', params: {}, fields: {} },
  };
}

/** Runs through the outcomes given, and notes what the screen was told. */
async function run(
  outcomes: readonly Outcome<string>[],
  goesOn: (attempt: number) => boolean = () => true,
  isFirst = true,
) {
  const told: [number, boolean][] = [];
  const pauses: number[] = [];
  let sent = 0;
  const settled = await askUntilKnown(() => Promise.resolve(outcomes[sent++] ?? answered), {
    isFirst,
    onUnclear: (attempt, mayLeave) => void told.push([attempt, mayLeave]),
    wait: (ms) => {
      pauses.push(ms);
      return Promise.resolve(goesOn(pauses.length));
    },
  });
  return { settled, told, pauses, sent };
}

describe('asking until it is known', () => {
  it('says nothing when the first answer is clear', async () => {
    expect(await run([answered])).toEqual({
      settled: { kind: 'answer', data: 'booked' },
      told: [],
      pauses: [],
      sent: 1,
    });
  });

  it('asks again after lost answers, ever more slowly, until one comes', async () => {
    const { settled, sent, pauses, told } = await run([lost, lost, problem('retry', 'unknown')]);
    expect(settled).toEqual({ kind: 'answer', data: 'booked' });
    expect(sent).toBe(4);
    expect(pauses).toEqual([1000, 2000, 4000]);
    expect(told).toEqual([
      [1, false],
      [2, false],
      [3, false],
    ]);
    expect(pauseMs(9)).toBe(5000);
  });

  it('ends with a refusal', async () => {
    const refusal = problem('refused', 'no');
    expect((await run([lost, refusal])).settled).toEqual({ kind: 'refused', failure: refusal });
  });

  it('lets the person leave only while every attempt said that nothing moved', async () => {
    const busy = problem('retry', 'no');
    const left = await run([busy, busy], (attempt) => attempt < 2);
    expect(left).toMatchObject({ settled: { kind: 'left' }, sent: 2 });
    const cannot = await run([busy, lost, busy], () => false);
    expect(cannot.told[0]).toEqual([1, true]);
    // Left after the first: certain. Had the first been lost, asking goes on whatever is pressed.
    expect(cannot.settled).toEqual({ kind: 'left' });
    expect((await run([lost, busy], () => false)).settled).toEqual({ kind: 'answer', data: 'booked' });
  });

  it('lets nobody leave what was sent before a reload: it may have been booked then', async () => {
    const busy = problem('retry', 'no');
    const resumed = await run([busy, busy], () => false, false);
    expect(resumed.settled).toEqual({ kind: 'answer', data: 'booked' });
    expect(resumed.told).toEqual([
      [1, false],
      [2, false],
    ]);
  });
});

describe('idleness', () => {
  it('warns for the last twenty seconds of a minute', () => {
    expect(idlenessAfter(0)).toEqual({ kind: 'active' });
    expect(idlenessAfter(39_999)).toEqual({ kind: 'active' });
    expect(idlenessAfter(40_000)).toEqual({ kind: 'warning', secondsLeft: 20 });
    expect(idlenessAfter(59_001)).toEqual({ kind: 'warning', secondsLeft: 1 });
    expect(idlenessAfter(60_000)).toEqual({ kind: 'gone' });
  });
});
