import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMissing } from '../support/tools.ts';

const deploy = join(import.meta.dirname, '../../deploy');
const unit = readFileSync(join(deploy, 'jishan.service'), 'utf8');
const settings = unit
  .split('\n')
  .map((line) => /^(\w+)=(.*)$/.exec(line)?.slice(1))
  .filter((pair) => pair !== undefined);
const valuesOf = (name: string) => settings.filter(([key]) => key === name).map(([, value = '']) => value);

describe('the systemd unit', () => {
  it('works as a user of its own, to whom a disk can be made over', () => {
    expect(valuesOf('User')).toEqual(['jishan']);
    expect(valuesOf('DynamicUser')).toEqual([]);
  });

  it('keeps what it compiled where it may write', () => {
    expect(valuesOf('CacheDirectory')).toEqual(['jishan']);
    expect(valuesOf('Environment')).toContain('NODE_COMPILE_CACHE=/var/cache/jishan');
  });

  it('has room for the server and the backup of a large book', () => {
    const [high = 0, max = 0] = ['MemoryHigh', 'MemoryMax']
      .flatMap(valuesOf)
      .map((text) => parseInt(text, 10));
    // The server at 150 MB, a backup at 443 MB (docs/backup.md).
    expect(high).toBeGreaterThanOrEqual(600);
    expect(max).toBeGreaterThan(high);
  });
});

describe.skipIf(isMissing('systemd-analyze'))('what systemd makes of it', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jishan-unit-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const analyze = (text: string, args: readonly string[], name = 'jishan.service') => {
    const copy = join(folder, name);
    writeFileSync(copy, text);
    const { status, stderr, stdout } = spawnSync('systemd-analyze', [...args, copy], { encoding: 'utf8' });
    return { status, said: stderr + stdout };
  };
  const verify = ['verify', '--man=no'];
  const secure = ['security', '--offline=true', '--threshold=20'];
  const ours = (said: string) =>
    said.split('\n').filter((line) => /jishan(?:@\S*)?\.service|\.conf:/.test(line));

  it('is understood to the last line, and a wrong one would be seen', () => {
    expect(ours(analyze(unit, verify).said)).toEqual([]);
    expect(ours(analyze(`${unit}\n[Service]\nProtectSistem=strict\n`, verify).said)).not.toEqual([]);
  });

  it('several instances by their ports are understood as well', () => {
    const added = join(folder, 'jishan@.service.d');
    mkdirSync(added);
    cpSync(join(deploy, 'instance.conf'), join(added, 'instance.conf'));
    expect(ours(analyze(unit, verify, 'jishan@.service').said)).toEqual([]);
    writeFileSync(join(added, 'wrong.conf'), '[Service]\nStateDirektory=jishan/%i\n');
    expect(ours(analyze(unit, verify, 'jishan@.service').said).join()).toContain('wrong.conf');
  });

  it('is shut in well', () => {
    expect(analyze(unit, secure).status).toBe(0);
    expect(analyze('[Service]\nExecStart=/bin/true\n', secure).status).not.toBe(0);
  });

  it('lets a backup give way to the server', () => {
    const calls = allowedCalls();
    expect(calls).toContain('setpriority');
    expect(calls).toContain('openat');
    for (const call of ['sched_setscheduler', 'mount', 'reboot']) expect(calls).not.toContain(call);
  });

  /** Applies the lines of SystemCallFilter one after the other, as systemd does. */
  function allowedCalls(): Set<string> {
    const allowed = new Set<string>();
    for (const line of valuesOf('SystemCallFilter')) {
      const isTakenAway = line.startsWith('~');
      for (const call of line.replace('~', '').split(' ').flatMap(callsOf))
        if (isTakenAway) allowed.delete(call);
        else allowed.add(call);
    }
    return allowed;
  }

  function callsOf(name: string): string[] {
    if (!name.startsWith('@')) return [name];
    const { stdout } = spawnSync('systemd-analyze', ['syscall-filter', '--no-pager', name], {
      encoding: 'utf8',
    });
    const members = stdout
      .split('\n')
      .slice(1)
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
    return members.flatMap(callsOf);
  }
});
