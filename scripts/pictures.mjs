#!/usr/bin/env node
/**
 * Takes pictures of every screen by the browser tests. It keeps the chosen ones for the README, or all Chinese ones
 * as small JPEG files, so that somebody can compare them with those of an earlier release.
 *
 *   node scripts/pictures.mjs
 *   node scripts/pictures.mjs --out tests/fixtures/0.1.0/pictures
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import process from 'node:process';
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../tests/support/browser.ts';
import { programOf, root } from './project.mjs';

/** The names of the pictures in docs/pictures, each with its name among the pictures of the tests. */
const chosen = {
  'desk-home': 'desk-home-desk-zh-CN',
  'desk-award': 'desk-award-desk-zh-CN',
  'desk-dashboard': 'desk-dashboard-desk-zh-CN',
  'kiosk-basket': 'kiosk-basket-zh-CN',
  me: 'me-passbook-normal-zh-CN',
  board: 'board-television-zh-CN',
};
const tests = ['screens', 'screens-desk'].map((name) => `tests/e2e/${name}.test.ts`);
const taken = join(root, 'test-artefacts');
const inChinese = '-zh-CN.png';
/** The limits of a small picture. Its quality is lowered until it has no more bytes. */
const widthMax = 1280;
const bytesMax = 60_000;
const qualities = [60, 50, 40, 30, 20];

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const startedMs = Date.now();
lookAtScreens();
if (values.out === undefined) keepForReadme();
else await keepSmall(resolve(values.out));

function lookAtScreens() {
  const { status } = spawnSync(process.execPath, [programOf('vitest'), 'run', '--project', 'e2e', ...tests], {
    cwd: root,
    env: { ...process.env, JISHAN_PICTURES: '1' },
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

function keepForReadme() {
  for (const [name, from] of Object.entries(chosen)) {
    const kept = join(root, 'docs', 'pictures', `${name}.png`);
    copyFileSync(join(taken, `${from}.png`), kept);
    console.log(`${name}.png ${Math.round(statSync(kept).size / 1000)} kB`);
  }
}

async function keepSmall(folder) {
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser();
  const page = await browser.newPage();
  const kept = picturesTaken();
  let total = 0;
  for (const file of kept) {
    const jpeg = await small(page, readFileSync(join(taken, file)));
    writeFileSync(join(folder, `${basename(file, inChinese)}.jpg`), jpeg);
    total += jpeg.length;
  }
  await browser.close();
  console.log(`${kept.length} pictures, ${Math.round(total / 1000)} kB`);
}

/** The pictures of this run. The folder may also have old ones of screens that no longer exist. */
function picturesTaken() {
  return readdirSync(taken).filter(
    (name) => name.endsWith(inChinese) && statSync(join(taken, name)).mtimeMs >= startedMs,
  );
}

/** Lets the browser encode the picture as a JPEG. */
async function small(page, png) {
  // The first bytes of a PNG contain its size.
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const scale = Math.min(1, widthMax / width);
  await page.setViewportSize({ width: width * scale, height: height * scale });
  const source = `data:image/png;base64,${png.toString('base64')}`;
  await page.setContent(`<body style="margin:0"><img style="display:block;width:100%" src="${source}">`);
  let jpeg;
  for (const quality of qualities) {
    jpeg = await page.screenshot({ type: 'jpeg', quality });
    if (jpeg.length <= bytesMax) break;
  }
  return jpeg;
}
