import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Store, StoreBusy, StoreShut } from '../../../db/index.ts';
import { type Job, startJobs } from '../../../server/jobs/index.ts';

describe('jobs', () => {
  const lines: string[] = [];
  const options = {
    store: {} as Store,
    clock: Date.now,
    logger: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
  };
  const job = (name: string, run: Job['run']): Job => ({ name, firstAfterMs: 1_000, everyMs: 60_000, run });
  beforeEach(() => {
    vi.useFakeTimers();
    lines.length = 0;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('run after a while and then again and again, each beside the others and never twice at once', async () => {
    const begun: string[] = [];
    let finish: () => void = () => undefined;
    const slow = job('slow', async () => {
      begun.push('slow');
      await new Promise<void>((resolve) => (finish = resolve));
    });
    const quick = job('quick', () => Promise.resolve(void begun.push('quick')));
    const running = startJobs([slow, quick], options);
    await vi.advanceTimersByTimeAsync(999);
    expect(begun).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toEqual(['slow', 'quick']);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(begun).toEqual(['slow', 'quick', 'quick', 'quick']);
    finish();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(begun.filter((name) => name === 'slow')).toHaveLength(2);
    finish();
    await running.stop();
  });

  it('go on after a failure, which is logged, and pass over a store that is being replaced', async () => {
    const errors = [new StoreShut(), new Error('the disk is gone'), null];
    let runs = 0;
    const failing = job('count', () => {
      const error = errors[runs];
      runs += 1;
      return error ? Promise.reject(error) : Promise.resolve();
    });
    const running = startJobs([failing], options);
    await vi.advanceTimersByTimeAsync(130_000);
    expect(runs).toBe(3);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('the count failed');
    await running.stop();
  });

  it('are called off when the server stops, which waits for them and logs nothing of it', async () => {
    let reason: unknown;
    const waiting = job('wait', ({ signal }) => {
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
          reject(new Error('called off'));
        });
      });
    });
    const running = startJobs([waiting, job('later', () => Promise.resolve())], options);
    await vi.advanceTimersByTimeAsync(1_000);
    await running.stop();
    expect(reason).toBeInstanceOf(StoreBusy);
    expect(lines).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
