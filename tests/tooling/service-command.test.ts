import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRoot, layProgram, NOBODY } from '../support/program-copy.ts';

const SECRET = 'a secret of the service & $(nobody) else’s';

/** Runs `jishan …` on a service that is laid out like docs/operate.md says. */
describe.skipIf(!isRoot)('the command line of the service', () => {
  let folder: string;
  let data: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jishan-service-'));
    chmodSync(folder, 0o755);
    data = join(folder, 'var');
    const program = [
      'package.json',
      'package-lock.json',
      'node_modules',
      'scripts',
      'shared',
      'db',
      'server',
      'deploy',
    ];
    layProgram(join(folder, 'opt'), program);
    // Without the lock file this is the state after `node scripts/build.mjs`.
    rmSync(join(folder, 'opt/package-lock.json'));
    mkdirSync(data, { mode: 0o700 });
    chownSync(data, NOBODY, NOBODY);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs `jishan` with these lines in the service's settings. */
  function jishan(lines: readonly string[], ...words: readonly string[]) {
    const settings = join(folder, 'jishan.env');
    writeFileSync(settings, lines.join('\n'), { mode: 0o600 });
    const env = {
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      JISHAN_SETTINGS: settings,
      LANG: 'en',
    };
    const command = join(folder, 'opt/deploy/jishan');
    return spawnSync(command, words, { env, encoding: 'utf8', cwd: folder });
  }

  it('takes the settings as the service does, and runs nothing that stands in them', () => {
    const harm = join(folder, 'harm');
    const lines = [
      '# where things are',
      `DATA_DIR=${data}`,
      '',
      `  BACKUP_DIR="${data}/put by"  \r`,
      `BACKUP_COPY_DIR=/mnt/stick; touch ${harm} & $(touch ${harm})`,
      `touch ${harm}`,
      '1NO=name',
    ];
    const { stdout, status } = jishan(lines, 'backups', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      folder: `${data}/put by`,
      copyFolder: `/mnt/stick; touch ${harm} & $(touch ${harm})`,
      backups: [],
    });
    expect(existsSync(harm)).toBe(false);
  });

  it('works as whoever owns the data, and writes nothing that the server could not read', () => {
    const lines = [`DATA_DIR=${data}`, `JISHAN_SECRET=${SECRET}`];
    const admin = ['--username', 'wangfang', '--village-name', '前洼村'];
    expect(jishan(lines, 'create-admin', ...admin)).toMatchObject({ status: 0, stderr: '' });
    // An empty `stderr` shows that the settings' secret was read: without it the command warns about a missing MAC.
    const { status, stderr, stdout } = jishan(lines, 'backup', '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { path } = JSON.parse(stdout) as { path: string };
    for (const file of [path, join(data, 'backups'), join(data, 'jishan.db')])
      expect(statSync(file).uid, file).toBe(NOBODY);
    expect(jishan(lines, 'restore', '--force', path).stdout).toContain('made with this server’s secret');
    expect(statSync(join(data, 'jishan.db')).uid).toBe(NOBODY);
    expect(jishan(lines, 'verify')).toMatchObject({ status: 0 });
  });

  it('looks at the database of the settings, not at a file that was left behind', () => {
    const lines = [
      `DATA_DIR=${data}`,
      'DATABASE_URL=postgres://nobody:p%40ss@127.0.0.1:1/none?connect_timeout=5&x=y',
    ];
    expect(jishan(lines, 'verify')).toMatchObject({ status: 3, stdout: '' });
    expect(jishan(lines, 'reset-password', 'wangfang').status).toBe(3);
  });

  it('says so where there is no data folder', () => {
    const { status, stderr } = jishan(['DATA_DIR=/nowhere/at/all'], 'verify');
    expect(status).toBe(3);
    expect(stderr).toContain('/nowhere/at/all');
  });
});
