/** Runs hledger, bean-check and others on exported files. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findCommand } from './tools.ts';

export interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export function runProgram(command: string, args: readonly string[], input = ''): Ran {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    input,
    // hledger reads and writes text in the encoding of the locale.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  return { code: status, output: stdout, errors: stderr };
}

/** The Python that bean-check runs on: the one that has beancount. */
export function beancountPython(): string {
  const path = findCommand('bean-check');
  const [first = ''] = path === undefined ? [] : readFileSync(path, 'utf8').split('\n');
  const interpreter = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(first);
  const [, program = 'python3', argument] = interpreter ?? [];
  return program.endsWith('/env') ? (argument ?? 'python3') : program;
}
