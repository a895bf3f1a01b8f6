/** Runs a program and collects its output. A signal that ends this process ends the program too. */
import { spawn } from 'node:child_process';
import process from 'node:process';

const running = new Map();
const endings = { SIGTERM: 143, SIGINT: 130, SIGHUP: 129 };

/**
 * Resolves to the exit code (1 if it could not run or took too long) and all output, in order. `options` are those of
 * `spawn`. The program is ended by `killSignal`, because some programs, such as npm, ignore SIGTERM.
 */
export function runQuietly(command, args, { limitMinutes = 30, killSignal = 'SIGKILL', ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (text) => (output += text);
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', keep);
    const timer = setTimeout(() => {
      keep(`\nstopped after ${limitMinutes} minutes`);
      child.kill('SIGKILL');
    }, limitMinutes * 60_000);
    hold(child, killSignal);
    const end = (code) => {
      clearTimeout(timer);
      release(child);
      resolve({ code, output });
    };
    child.once('error', (error) => {
      keep(error.message);
      end(1);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}

function hold(child, killSignal) {
  if (running.size === 0) for (const signal of Object.keys(endings)) process.on(signal, endAll);
  running.set(child, killSignal);
}

/** Without running programs this module stops handling signals, so that the server can. */
function release(child) {
  running.delete(child);
  if (running.size === 0) for (const signal of Object.keys(endings)) process.off(signal, endAll);
}

function endAll(signal) {
  for (const [child, killSignal] of running) child.kill(killSignal);
  process.exit(endings[signal]);
}
