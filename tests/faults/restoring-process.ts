/**
 * Restores a backup over the SQLite book of a folder, in a world where something goes wrong:
 *   node restoring-process.ts DATA_DIR FILE [--kill-before STEP] [--no-links] [--log-after FILE]
 * It is killed before its step number so-and-so with the names of files in the folder; the disk has no second names for a
 * file; a log lies beside the new file, as if another process had been at it. At the end it prints how many steps there were.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    'kill-before': { type: 'string' },
    'no-links': { type: 'boolean' },
    'log-after': { type: 'string' },
  },
});
const [dataDir = '', file = ''] = positionals;
const databaseFile = join(dataDir, 'jishan.db');
let steps = 0;

for (const name of ['linkSync', 'copyFileSync', 'renameSync', 'rmSync'] as const) {
  const real = fs[name] as (...args: unknown[]) => void;
  const wrapped = (...args: unknown[]): void => {
    if (String(args[0]).startsWith(dataDir)) {
      if (String(steps) === values['kill-before']) process.kill(process.pid, 'SIGKILL');
      steps += 1;
      if (name === 'linkSync' && values['no-links'] === true)
        throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' });
    }
    real(...args);
    if (name === 'renameSync' && args[1] === databaseFile && values['log-after'] !== undefined)
      fs.writeFileSync(`${databaseFile}-wal`, fs.readFileSync(values['log-after']));
  };
  Object.assign(fs, { [name]: wrapped });
}
syncBuiltinESMExports();

const { restore } = await import('../../server/backups/index.ts');
await restore({ dataDir, databaseUrl: undefined, clock: Date.now, force: true }, file);
process.stdout.write(String(steps));
