import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../../db/index.ts';
import type { DemoLogins } from '../village/index.ts';

const NAME = 'demo-logins.json';

/**
 * The log-ins are written to disk within the transaction that makes the village, and renamed after its commit. A
 * crash in between leaves no village that nobody can enter: finishDemoLogins renames the file at the next start. They
 * are written synchronously, because a transaction may await nothing else.
 */
export function pendingLogins(dataDir: string, villageId: string) {
  const pending = join(dataDir, pendingName(villageId));
  // Two who load the demo at once write the same name, so each removes only what itself wrote.
  let isOurs = false;
  return {
    /** PostgreSQL may have undone an earlier attempt, and somebody else may have written the file since. */
    beginAttempt(): void {
      isOurs = false;
    },
    write(logins: DemoLogins): void {
      isOurs = true;
      rmSync(pending, { force: true });
      writeFileSync(pending, `${JSON.stringify(logins, null, 2)}\n`, {
        mode: 0o600,
        flag: 'wx',
        flush: true,
      });
    },
    keep: () => renameSync(pending, join(dataDir, NAME)),
    discard(): void {
      if (isOurs) rmSync(pending, { force: true });
    },
  };
}

/**
 * After a crash between the commit of the demo village and the renaming, renames the file of log-ins, or removes it
 * if the village was not made.
 */
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
