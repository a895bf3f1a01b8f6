import type { Page } from 'playwright-core';
import type { KeptRow } from '../../../client/outbox/outbox-disk.ts';

/** Puts rows into the outbox of this device, as a page before would have left them, with a key that signs. */
export async function leaveRows(page: Page, rows: readonly KeptRow[]): Promise<void> {
  await page.evaluate(async (kept) => {
    const kind = { name: 'ECDSA', namedCurve: 'P-256' };
    const pair = await crypto.subtle.generateKey(kind, false, ['sign', 'verify']);
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('jishan');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new Error('no database'));
    });
    const work = database.transaction(['outbox', 'deviceKeys'], 'readwrite');
    work.objectStore('outbox').clear();
    for (const one of kept)
      work.objectStore('outbox').put(one, `${one.row.device} ${String(one.row.number).padStart(10, '0')}`);
    const device = kept[0]?.row.device ?? 'device';
    work.objectStore('deviceKeys').put({ device, madeAtMs: 1, publicKey: null, pair }, device);
    await new Promise<void>((resolve) => {
      work.oncomplete = () => resolve();
    });
    database.close();
  }, Array.from(rows));
}
