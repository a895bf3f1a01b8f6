import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHeldLines, HELD_MS } from '../../../server/http/logger.ts';

describe('lines of the log', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function begin() {
    const written: string[] = [];
    return { written, held: createHeldLines((lines) => written.push(lines)) };
  }

  it('are written together, a moment after the first of them', () => {
    const { written, held } = begin();
    held.add('a\n', false);
    vi.advanceTimersByTime(HELD_MS - 1);
    held.add('b\n', false);
    expect(written).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(written).toEqual(['a\nb\n']);
    expect(HELD_MS).toBeLessThanOrEqual(200);
  });

  it('wait as long again after they were written, and nothing is written twice', () => {
    const { written, held } = begin();
    held.add('a\n', false);
    vi.advanceTimersByTime(10 * HELD_MS);
    held.add('b\n', false);
    vi.advanceTimersByTime(HELD_MS);
    held.flush();
    expect(written).toEqual(['a\n', 'b\n']);
  });

  it('are written at once with an urgent one, in their order', () => {
    const { written, held } = begin();
    held.add('a\n', false);
    held.add('trouble\n', true);
    expect(written).toEqual(['a\ntrouble\n']);
    held.add('b\n', false);
    vi.advanceTimersByTime(HELD_MS);
    expect(written).toEqual(['a\ntrouble\n', 'b\n']);
  });

  it('are written when they become many', () => {
    const { written, held } = begin();
    const line = `${'x'.repeat(99)}\n`;
    for (let count = 0; count < 1000; count += 1) held.add(line, false);
    expect(written).toHaveLength(1);
    held.flush();
    expect(written.join('')).toBe(line.repeat(1000));
  });
});

describe('the log of a process', () => {
  const log = join(import.meta.dirname, '../../../server/http/logger.ts');
  const messagesOf = (script: string): string[] => {
    const code = `import { createLogger } from ${JSON.stringify(log)};
      const logger = createLogger({ terminal: false, level: 'info' });
      logger.info('one');
      logger.info('two');
      ${script}`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { msg: string }).msg);
  };

  it('is whole when the process has nothing more to do', () => {
    expect(messagesOf('')).toEqual(['one', 'two']);
  });

  it('is whole when the process is ended', () => {
    expect(messagesOf('process.exit(3);')).toEqual(['one', 'two']);
  });

  it.each(['warn', 'error', 'fatal'])(
    'is written at once by %s, so that a kill loses none of it',
    (level) => {
      expect(messagesOf(`logger.${level}('three'); process.kill(process.pid, 'SIGKILL');`)).toEqual([
        'one',
        'two',
        'three',
      ]);
    },
  );
});
