#!/usr/bin/env node
/**
 * `npm test` runs all checks and tests.
 *
 *   npm test                              all checks and tests
 *   npm test -- --only lint,unit          some of them: names from test-steps.mjs, or vitest projects
 *   npm test -- tests/unit/points         tests whose path contains this
 *   npm test -- --long                    with the long campaigns
 *   npm test -- --pictures tests/e2e      with a picture of each screen, in test-artefacts/
 *   npm run test:faults -- --kills 100 --seed 42     kills, crashes, full disks (docs/faults.md)
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ensureNode24 } from './node24.mjs';
import { Advice, ending } from './say.mjs';

await ending(async () => {
  const wanted = readArguments();
  await ensureNode24(import.meta.url);
  const { ensurePackages } = await import('./packages.mjs');
  await ensurePackages();
  const { steps, projects } = await import('./test-steps.mjs');
  const chosen = choose(wanted, steps, projects);
  const total = { passed: 0, failed: 0, skipped: 0 };
  const add = (counts) => Object.keys(total).forEach((key) => (total[key] += counts[key]));

  if (chosen.tests) add(await checkTools());
  const { runSteps } = await import('./run-steps.mjs');
  const { counts, times } = await runSteps(chosen.steps);
  add(counts);
  let [files, unsteady] = [[], []];
  if (chosen.tests) {
    const { runVitest } = await import('./run-vitest.mjs');
    const { filters, long, env } = wanted;
    const ran = await runVitest({ projects: chosen.projects, filters, long, env });
    add(ran.counts);
    ({ files, unsteady } = ran);
  }
  const { timeTaken } = await import('./time-taken.mjs');
  console.log(timeTaken(times, files));
  for (const file of unsteady) console.log(`\nFailed at first, and passed once more by itself: ${file}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
});

function readArguments() {
  const { values, positionals } = parse({
    options: {
      only: { type: 'string', default: '' },
      long: { type: 'boolean', default: false },
      pictures: { type: 'boolean', default: false },
      kills: { type: 'string' },
      seed: { type: 'string' },
    },
    allowPositionals: true,
  });
  return {
    only: values.only.split(',').filter((name) => name !== ''),
    long: values.long,
    env: {
      ...(values.long ? { JISHAN_LONG: '1' } : {}),
      ...(values.pictures ? { JISHAN_PICTURES: '1' } : {}),
      ...numberFor('JISHAN_KILLS', '--kills', values.kills),
      ...numberFor('JISHAN_SEED', '--seed', values.seed),
    },
    filters: positionals,
  };
}

function numberFor(variable, option, text) {
  if (text === undefined) return {};
  if (/^[1-9]\d{0,9}$/.test(text)) return { [variable]: text };
  throw new Advice(`${option} 后面要写一个整数。`, `${option} wants a whole number.`);
}

function parse(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new Advice('看不懂这个选项。', error.message);
  }
}

/** Chooses the steps and projects. No choice means all. A path chooses tests only, after a build of the screens. */
function choose({ only, filters }, steps, projects) {
  const unknown = only.filter(
    (name) => !projects.includes(name) && !steps.some((step) => step.name === name),
  );
  if (unknown.length > 0) {
    const known = [...steps.map((step) => step.name), ...projects].join(', ');
    throw new Advice(
      `没有叫 ${unknown.join('、')} 的检查。`,
      `No such check: ${unknown.join(', ')}. There are: ${known}`,
    );
  }
  const chosenProjects = projects.filter((name) => only.includes(name));
  const tests = only.length === 0 || chosenProjects.length > 0;
  const all = only.length === 0 && filters.length === 0;
  return {
    tests,
    projects: chosenProjects,
    steps: steps.filter((step) => all || only.includes(step.name) || (tests && step.name === 'build')),
  };
}

/** On CI every tool is required. Elsewhere the tests that need a missing tool are skipped. */
async function checkTools() {
  const { ensureSystemTools } = await import('./system-tools.mjs');
  const missing = await ensureSystemTools();
  const failed = missing.length > 0 && process.env.CI === 'true' ? 1 : 0;
  return {
    passed: missing.length === 0 ? 1 : 0,
    failed,
    skipped: missing.length > 0 && failed === 0 ? 1 : 0,
  };
}
