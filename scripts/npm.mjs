/** Runs npm quietly and shows its output only if it fails. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { runQuietly } from './child.mjs';
import { Advice } from './say.mjs';

const quiet = ['--no-fund', '--no-audit', '--no-progress', '--no-update-notifier', '--loglevel=error'];
const patient = ['--fetch-retries=3', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=8000'];

/** Rejects with an `Advice` when npm fails: about the network, or with the last lines of npm's output. */
export async function npm(args, cwd) {
  const { code, output } = await run([...args, ...quiet, ...patient], cwd);
  if (code !== 0) throw explain(output);
}

function run(args, cwd) {
  const [command, before] = findNpm();
  const shell = process.platform === 'win32' && command.endsWith('.cmd');
  return runQuietly(command, [...before, ...args], { cwd, shell });
}

/** The npm of this Node, or else the `npm` on PATH. */
function findNpm() {
  const cli = join('npm', 'bin', 'npm-cli.js');
  const here = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath ?? '',
    join(here, '..', 'lib', 'node_modules', cli),
    join(here, 'node_modules', cli),
  ];
  const found = candidates.find((path) => path.endsWith('npm-cli.js') && existsSync(path));
  if (found !== undefined) return [process.execPath, [found]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

function explain(output) {
  const tail = output
    .split('\n')
    .filter((line) => line.trim() !== '' && !/complete log|fetch failed attempt/i.test(line))
    .slice(-12)
    .join('\n');
  if (/ENOENT.*npm|spawn npm/.test(output)) {
    return new Advice(
      '这台电脑上没有找到 npm，请先安装 Node.js。',
      'npm was not found: please install Node.js first.',
    );
  }
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET|network/i.test(
      output,
    )
  ) {
    return new Advice(
      '下载失败：连不上软件包仓库。第一次运行需要联网，请检查网络后再试一次；装好以后就不再需要网络。',
      'Download failed: the package registry cannot be reached. The first run needs the network; please check it and try again. Once installed, no network is needed.',
      tail,
    );
  }
  return new Advice(
    'npm 没有完成安装，原因见下。',
    'npm could not finish the installation; its own words:',
    tail,
  );
}
