#!/usr/bin/env node
/**
 * Asks the registry for known vulnerabilities of the packages in package-lock.json.
 *
 *   npm run audit        0: none, or all are in ANSWERED; 1: another one; 2: the registry did not answer
 *
 * It is no part of `npm test`: its result changes from day to day, and a check must not need a network.
 */
import process from 'node:process';
import { spawnSync } from 'node:child_process';
import { root } from './project.mjs';

/** Advisories that do not affect this program, each with the reason. */
const ANSWERED = new Map([]);

const { stdout } = spawnSync('npm', ['audit', '--json'], {
  cwd: root,
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
const found = read(stdout);
if (!found) {
  process.stderr.write(
    '没有问到：软件源没有回答。 / Not asked: the registry gave no answer. Nothing is known of faults in the packages.\n',
  );
  process.exitCode = 2;
} else {
  const open = found.filter(({ url }) => !ANSWERED.has(url));
  for (const { name, severity, title, url } of open)
    process.stdout.write(`✗ ${name} (${severity}): ${title}\n  ${url}\n`);
  for (const { name, url } of found.filter((one) => ANSWERED.has(one.url)))
    process.stdout.write(`· ${name}: ${ANSWERED.get(url)}\n  ${url}\n`);
  if (open.length === 0) process.stdout.write('✓ 没有已知的问题 / No open faults are known\n');
  process.exitCode = open.length === 0 ? 0 : 1;
}

function read(text) {
  try {
    const { vulnerabilities } = JSON.parse(text);
    if (typeof vulnerabilities !== 'object') return null;
    return Object.values(vulnerabilities).flatMap(({ via }) => via.filter((one) => typeof one === 'object'));
  } catch {
    return null;
  }
}
