/** Finds the system programs that the tests need. Installs missing ones if apt and root permit, else names them. */
import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { findChromium, findCommand, findPostgresBin } from '../tests/support/tools.ts';
import { runQuietly } from './child.mjs';
import { say, saying } from './say.mjs';

const tools = [
  { name: 'Chromium', debian: 'chromium', found: () => findChromium() !== undefined },
  { name: 'Noto CJK', debian: 'fonts-noto-cjk', found: hasChineseFont },
  { name: 'PostgreSQL', debian: 'postgresql', found: () => findPostgresBin() !== undefined },
  { name: 'hledger', debian: 'hledger', found: () => findCommand('hledger') !== undefined },
  { name: 'beancount', debian: 'beancount', found: () => findCommand('bean-check') !== undefined },
  { name: 'zbar', debian: 'zbar-tools', found: () => findCommand('zbarimg') !== undefined },
  { name: 'nginx', debian: 'nginx', found: () => findCommand('nginx') !== undefined },
  { name: 'systemd', debian: 'systemd', found: () => findCommand('systemd-analyze') !== undefined },
  { name: 'openssl', debian: 'openssl', found: () => findCommand('openssl') !== undefined },
  { name: 'certutil', debian: 'libnss3-tools', found: () => findCommand('certutil') !== undefined },
  { name: 'poppler', debian: 'poppler-utils', found: () => findCommand('pdftoppm') !== undefined },
];

/** Programs that make the tests faster but are not required. */
const quicker = [
  { debian: 'chromium-headless-shell', found: () => findCommand('chromium-headless-shell') !== undefined },
];

/** Returns the names of what is still missing afterwards. */
export async function ensureSystemTools() {
  let missing = tools.filter((tool) => !tool.found());
  if (findCommand('apt-get') !== undefined && process.getuid?.() === 0) {
    if (missing.length > 0) await aptInstall(missing.map((tool) => tool.debian));
    missing = tools.filter((tool) => !tool.found());
    // They are installed in a step of their own, because apt installs nothing if it does not know one of the names.
    const slow = quicker.filter((tool) => !tool.found());
    if (slow.length > 0) await aptInstall(slow.map((tool) => tool.debian));
  }
  const names = missing.map((tool) => tool.name);
  if (names.length > 0) {
    say(
      `本机缺少 ${names.join('、')}：用到它们的测试将跳过`,
      `This machine lacks ${names.join(', ')}: the tests that use them are skipped`,
    );
  }
  return names;
}

function hasChineseFont() {
  const list = findCommand('fc-list');
  if (list === undefined) return process.platform !== 'linux';
  return execFileSync(list, [':lang=zh-cn', 'family'], { encoding: 'utf8' }).trim() !== '';
}

async function aptInstall(packages) {
  const options = ['-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120'];
  const list = packages.join(' ');
  await saying(`正在安装测试工具 ${list}`, `Installing test tools ${list}`, async () => {
    const settings = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, killSignal: 'SIGTERM' };
    const updated = await runQuietly('apt-get', ['update', '-qq'], settings);
    const installed = await runQuietly('apt-get', ['install', ...options, ...packages], settings);
    if (installed.code === 0) return;
    process.stderr.write(`${updated.output}${installed.output}`.split('\n').slice(-12).join('\n'));
  });
}
