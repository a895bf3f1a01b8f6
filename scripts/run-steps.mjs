/** Runs the checks of test-steps.mjs, two at a time, and shows the output of failed ones. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { runQuietly } from './child.mjs';
import { programOf, root } from './project.mjs';

const atOnce = 2;
const limitMinutes = 20;
const plain = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };

/** Resolves to the numbers of passed and failed steps, and to the milliseconds of each. */
export async function runSteps(steps) {
  const waiting = [...steps];
  const done = new Set();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const times = [];
  const ready = (step) =>
    step.after === undefined || done.has(step.after) || !steps.some((s) => s.name === step.after);

  await new Promise((resolve) => {
    let running = 0;
    const next = () => {
      if (waiting.length === 0 && running === 0) resolve();
      while (running < atOnce) {
        const index = waiting.findIndex(ready);
        if (index === -1) return;
        const [step] = waiting.splice(index, 1);
        running += 1;
        void runStep(step).then(({ passed, ms }) => {
          running -= 1;
          done.add(step.name);
          times.push({ title: step.title, ms });
          counts[passed ? 'passed' : 'failed'] += 1;
          next();
        });
      }
    };
    next();
  });
  return { counts, times };
}

async function runStep(step) {
  const started = Date.now();
  const program = programFor(step);
  const { code, output } = existsSync(program)
    ? await runQuietly(process.execPath, [program, ...step.args], { cwd: root, env: plain, limitMinutes })
    : { code: 1, output: `${program} is not there` };
  const ms = Date.now() - started;
  const passed = code === 0;
  console.log(`${passed ? '✓' : '✗'} ${step.title} (${(ms / 1000).toFixed(1)} s)`);
  if (!passed) console.log(indent(output.trim()));
  return { passed, ms };
}

function programFor({ script, tool }) {
  return script === undefined ? programOf(...tool.split(' ')) : join(root, 'scripts', script);
}

function indent(text) {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
