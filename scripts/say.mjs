/**
 * What the commands tell while they work: Chinese first, then English, on standard error, so that
 * standard output stays free for what the command was asked for.
 */
import process from 'node:process';

export function say(zh, en) {
  process.stderr.write(`${zh} / ${en}\n`);
}

/** Names a piece of work, shows every ten seconds that it is still going on, and how long it took. */
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

/** Something the person at the machine has to do: shown as it is, without a stack. */
export class Advice extends Error {
  constructor(zh, en, detail = '') {
    super(`${zh}\n${en}${detail === '' ? '' : `\n\n${detail}`}`);
    this.name = 'Advice';
  }
}

/** Runs a command's main part; advice ends it with exit code 1 and its own words. */
export async function ending(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Advice)) throw error;
    process.stderr.write(`\n✗ ${error.message}\n`);
    process.exitCode = 1;
  }
}
