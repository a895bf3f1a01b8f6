/** Runs the checks of test-steps.mjs, two at a time, and shows what a failed one said. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { programOf, root } from './project.mjs';

const atOnce = 2;
const limitMinutes = 6;

/** Resolves to the number of passed and failed steps. */
export async function runSteps(steps) {
  const waiting = [...steps];
  const done = new Set();
  const counts = { passed: 0, failed: 0, skipped: 0 };
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
        void runStep(step).then((passed) => {
          running -= 1;
          done.add(step.name);
          counts[passed ? 'passed' : 'failed'] += 1;
          next();
        });
      }
    };
    next();
  });
  return counts;
}

async function runStep(step) {
  const started = Date.now();
  const { code, output } = await run(programFor(step), step.args);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const passed = code === 0;
  console.log(`${passed ? '✓' : '✗'} ${step.title} (${seconds} s)`);
  if (!passed) console.log(indent(output.trim()));
  return passed;
}

function programFor({ script, tool }) {
  return script === undefined ? programOf(...tool.split(' ')) : join(root, 'scripts', script);
}

function run(program, args) {
  if (!existsSync(program)) return { code: 1, output: `${program} is not there` };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk) => (output += chunk);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const timer = setTimeout(() => {
      keep(`\nstopped after ${limitMinutes} minutes`);
      child.kill('SIGKILL');
    }, limitMinutes * 60_000);
    child.once('error', (error) => keep(error.message));
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output });
    });
  });
}

function indent(text) {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
