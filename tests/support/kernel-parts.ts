import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { keysFor } from '../../server/config.ts';
import type { KernelOptions } from '../../server/http/index.ts';
import type { TestStore } from './stores.ts';

type Parts = Pick<
  KernelOptions,
  | 'store'
  | 'clock'
  | 'random'
  | 'logger'
  | 'answerKeys'
  | 'bookActs'
  | 'version'
  | 'trustProxy'
  | 'spoolPlace'
>;

/** The parts of a kernel that are alike in all tests of it. Downloads may take the whole disk. */
export function kernelParts(
  { store, dataDir }: TestStore,
  logger: Logger = pino({ level: 'silent' }),
): Parts {
  return {
    store,
    clock: Date.now,
    random: (size) => randomBytes(size),
    logger,
    answerKeys: keysFor({ current: 'a secret of the tests, long enough', previous: [] }, 'kept answers'),
    bookActs: () => Promise.resolve(),
    version: '0.0.0-test',
    trustProxy: 1,
    spoolPlace: { folder: join(dataDir, 'downloads'), leaveBytes: () => 0 },
  };
}

/** A log whose lines a test reads. */
export function loggerInto(lines: string[]): Logger {
  return pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
}
