import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const installer = read('deploy/windows/install.ps1');
const starter = read('deploy/windows/start.cmd');
const manual = read('docs/operate.md');

/** No Windows was at hand to run them: these tests read what can be read. */
describe('the setup on Windows', () => {
  it('begins with the mark without which PowerShell 5 misreads Chinese', () => {
    expect(readFileSync(join(root, 'deploy/windows/install.ps1')).subarray(0, 3)).toEqual(
      Buffer.from([0xef, 0xbb, 0xbf]),
    );
  });

  it('has nothing but plain letters where the command prompt reads, and its line ends', () => {
    expect(starter).toMatch(/^[\x20-\x7e\r\n]*$/);
    expect(starter.split('\n').slice(0, -1)).toSatisfy((lines: string[]) =>
      lines.every((line) => line.endsWith('\r')),
    );
  });

  it('starts what npm start does, from the program’s folder', () => {
    const command = /"start": "exec (.+?)"/.exec(read('package.json'))?.[1] ?? 'none';
    expect(starter).toContain(command);
    const script = /(scripts\/\S+\.mjs)/.exec(command)?.[1] ?? 'none';
    expect(existsSync(join(root, script))).toBe(true);
    expect(starter).toContain('cd /d "%~dp0..\\.."');
    expect(installer).toContain("Join-Path $PSScriptRoot 'start.cmd'");
  });

  it('opens the port that the program listens at, in private networks alone', () => {
    const port = /env\.PORT \|\| '(\d+)'/.exec(read('server/config.ts'))?.[1] ?? 'none';
    expect(installer).toContain(`$Port = ${port}`);
    expect(manual).toContain(`-LocalPort ${port} -Profile Private`);
    expect(installer).toMatch(/New-NetFirewallRule .*-Profile Private, Domain -Action Allow/);
    expect(installer).not.toMatch(/-Profile \S*(Any|Public)/);
  });

  it('is named in the manual with each command that it runs', () => {
    expect(manual).toContain('powershell -ExecutionPolicy Bypass -File deploy\\windows\\install.ps1');
    for (const command of installer.match(/^powercfg .+$/gm) ?? ['none']) expect(manual).toContain(command);
    for (const path of ['deploy\\windows\\start.cmd', 'shell:startup']) expect(manual).toContain(path);
  });
});
