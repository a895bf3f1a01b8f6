import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMissing } from '../support/tools.ts';

const file = join(import.meta.dirname, '../../deploy/jishan.service');

describe.skipIf(isMissing('systemd-analyze'))('the systemd unit', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jishan-unit-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const analyze = (text: string, ...args: string[]) => {
    const copy = join(folder, 'jishan.service');
    writeFileSync(copy, text);
    const { status, stderr, stdout } = spawnSync('systemd-analyze', [...args, copy], { encoding: 'utf8' });
    return { status, said: stderr + stdout };
  };
  const ours = (said: string) => said.split('\n').filter((line) => line.includes('jishan.service:'));

  it('is understood to the last line, and a wrong one would be seen', () => {
    const text = readFileSync(file, 'utf8');
    expect(ours(analyze(text, 'verify', '--man=no').said)).toEqual([]);
    expect(
      ours(analyze(`${text}\n[Service]\nProtectSistem=strict\n`, 'verify', '--man=no').said),
    ).not.toEqual([]);
  });

  it('is shut in well', () => {
    expect(analyze(readFileSync(file, 'utf8'), 'security', '--offline=true', '--threshold=20').status).toBe(
      0,
    );
    expect(
      analyze('[Service]\nExecStart=/bin/true\n', 'security', '--offline=true', '--threshold=20').status,
    ).not.toBe(0);
  });
});
