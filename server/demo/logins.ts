import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../../db/index.ts';
import type { DemoLogins } from '../village/index.ts';

const NAME = 'demo-logins.json';

/**
 * The log-ins go to disk within the transaction that makes the village, and get their name after its commit, so
 * that no crash leaves a village nobody can enter: finishDemoLogins names them at the next start. Written at
 * once and not awaited, as a transaction demands.
 */
export function pendingLogins(dataDir: string, villageId: string) {
  const pending = join(dataDir, pendingName(villageId));
  return {
    write(logins: DemoLogins): void {
      rmSync(pending, { force: true });
      writeFileSync(pending, `${JSON.stringify(logins, null, 2)}\n`, {
        mode: 0o600,
        flag: 'wx',
        flush: true,
      });
    },
    keep: () => renameSync(pending, join(dataDir, NAME)),
    discard: () => rmSync(pending, { force: true }),
  };
}

/** After a crash between the demo village and its file of log-ins: names the file, or removes what was for nothing. */
export async function finishDemoLogins(store: Store, dataDir: string): Promise<void> {
  const names = (await readdir(dataDir).catch(() => [])).filter((name) => name.startsWith(`${NAME}.`));
  if (names.length === 0) return;
  const villages = await store.read(({ db, t }) => db.select({ id: t.villages.id }).from(t.villages));
  const made = new Set(villages.map(({ id }) => pendingName(id)));
  for (const name of names) {
    if (made.has(name)) renameSync(join(dataDir, name), join(dataDir, NAME));
    else rmSync(join(dataDir, name), { force: true });
  }
}

function pendingName(villageId: string): string {
  return `${NAME}.${villageId}`;
}
