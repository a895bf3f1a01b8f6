/**
 * Messages of the commands while they work, Chinese first and then English. They go to standard error, so that
 * standard output has only the command's result.
 */
import process from 'node:process';

export function say(zh, en) {
  process.stderr.write(`${zh} / ${en}\n`);
}

/** Announces a piece of work, reports every ten seconds that it goes on, and tells how long it took. */
export async function saying(zh, en, work) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  process.stderr.write(`· ${zh} / ${en} …\n`);
  const beat = setInterval(() => process.stderr.write(`  … ${seconds()} s\n`), 10_000);
  try {
    const result = await work();
    process.stderr.write(`  ✓ ${seconds()} s\n`);
    return result;
  } finally {
    clearInterval(beat);
  }
}

/** An error that the person at the machine can solve. It is shown without a stack. */
export class Advice extends Error {
  constructor(zh, en, detail = '') {
    super(`${zh}\n${en}${detail === '' ? '' : `\n\n${detail}`}`);
    this.name = 'Advice';
  }
}

/** Runs a command's main part. An `Advice` ends it with exit code 1 and its own message. */
export async function ending(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Advice)) throw error;
    process.stderr.write(`\n✗ ${error.message}\n`);
    process.exitCode = 1;
  }
}
