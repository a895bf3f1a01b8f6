/** Builds the screens with vite if their sources have changed since the last build. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { runQuietly } from './child.mjs';
import { programOf, root, withLock } from './project.mjs';
import { Advice, saying } from './say.mjs';

const inputs = ['client', 'shared', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];
const stampFile = join(root, 'dist', 'client', '.stamp');

export async function ensureClientBuilt() {
  const wanted = stampNow();
  if (readStamp() === wanted) return;
  await withLock('client', async () => {
    if (readStamp() === wanted) return;
    await saying('正在生成网页界面', 'Building the screens', build);
    writeFileSync(stampFile, wanted);
  });
}

function readStamp() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined;
}

function stampNow() {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesUnder(join(root, input)))) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  const entries = readEntries(path);
  if (entries === undefined) return [path];
  return entries.sort().flatMap((name) => filesUnder(join(path, name)));
}

function readEntries(path) {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function build() {
  const { code, output } = await runQuietly(
    process.execPath,
    [programOf('vite'), 'build', '--logLevel', 'warn'],
    { cwd: root, env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: '0' } },
  );
  if (code !== 0) throw new Advice('网页界面没有生成成功。', 'The screens could not be built.', output);
}
