import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../server/cli/main.ts';
import { EXIT } from '../../server/cli/problems.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The answer of the command line to a question for help. */
async function helpOf(...args: string[]): Promise<string> {
  let said = '';
  const out = (text: string) => (said += text);
  await run([...args, '--help'], {}, { out, note: () => undefined, readStdin: () => Promise.resolve('') });
  return said;
}

/** The Chinese catalogues of all pages of the desk, as they are written. */
function chineseOfTheDesk(): string {
  const folder = join(root, 'client/desk');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('locales/zh-CN.ts'))
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .join('\n');
}

describe('the manual of the command line', () => {
  const manual = read('docs/cli.md');
  let help = '';
  beforeAll(async () => {
    help = await helpOf();
  });

  it('has each command once, and none that is not there', () => {
    const commands = [...help.matchAll(/^ {2}([a-z][a-z-]+)(?= )/gm)].map(([, name]) => name);
    expect(commands.length).toBeGreaterThan(9);
    const rows = [...manual.matchAll(/^\| `([a-z-]+)/gm)].map(([, name]) => name);
    expect(rows.toSorted()).toEqual(commands.filter((name) => name !== 'help').toSorted());
  });

  it('has every exit code, as the help does', () => {
    for (const code of Object.values(EXIT)) {
      expect(manual).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
      expect(help).toMatch(new RegExp(`^ +${code}  `, 'm'));
    }
  });

  it('names what is read from the environment, as the help does', () => {
    const names = [
      'DATA_DIR',
      'DATABASE_URL',
      'BACKUP_DIR',
      'BACKUP_COPY_DIR',
      'JISHAN_SECRET',
      'JISHAN_SECRET_PREVIOUS',
    ];
    for (const text of [manual, help])
      for (const name of names) expect(text).toMatch(new RegExp(`\\b${name}\\b`));
  });
});

describe('the manual of the service', () => {
  const manual = read('docs/operate.md');

  it('uses one form of the command line on the service’s data', () => {
    // Its own folder for a trial, and the sentence that tells the two apart.
    const others = manual.split('\n').filter((line) => line.includes('npx jishan'));
    for (const line of others) expect(line).toMatch(/DATA_DIR=\/tmp\/try|`npx jishan`/);
  });

  it('names pages and buttons of what takes two people as the screens do', () => {
    const [, part = ''] = /^## What takes two people.*?\n(.+?)^## /msu.exec(manual) ?? [];
    const named = Array.from(
      part.matchAll(/\*\*([^*]+)\*\*|“([^”]+)”/gu),
      ([, bold, quoted]) => bold ?? quoted ?? '',
    )
      .flatMap((words) => words.split(' → '))
      .filter((words) => /^[\p{Script=Han}，]+$/u.test(words) && words !== '中文要点');
    expect(named.length).toBeGreaterThan(20);
    const shown = chineseOfTheDesk();
    expect(named.filter((words) => !shown.includes(`'${words}'`))).toEqual([]);
  });

  it('gives commands and options that the help has', async () => {
    const used = Array.from(manual.matchAll(/`jishan ([a-z][a-z-]+)([^`]*)`/g));
    expect(used.length).toBeGreaterThan(10);
    for (const [, command = '', rest = ''] of used) {
      const help = await helpOf(command);
      expect(help, command).toContain(`jishan ${command}`);
      for (const [option] of rest.matchAll(/--[a-z-]+/g)) expect(help, command).toContain(option);
    }
  });

  it('calls what is done to a kiosk by the word of the button', () => {
    const button = /revoke: '(.+?)'/.exec(read('client/desk/kiosk/locales/zh-CN.ts'))?.[1];
    expect(button).toBeDefined();
    expect(manual).toContain(`“${button}”它`);
    for (const path of ['docs/operate.md', 'client/desk/backups/locales/zh-CN.ts', 'docs/api.zh-CN.md'])
      expect(read(path), path).not.toContain('锁定');
  });
});

describe('the readme', () => {
  it.each(['README.md', 'README.zh-CN.md'])('%s names every program the tests drive', (path) => {
    const tools = [...read('scripts/system-tools.mjs').matchAll(/\{ name: '([^']+)'/g)].map(
      ([, name]) => name ?? '',
    );
    expect(tools.length).toBeGreaterThan(9);
    for (const tool of tools) expect(read(path), tool).toContain(tool);
  });
});
