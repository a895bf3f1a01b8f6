import type { Page } from 'playwright-core';
import type { DeviceKind } from '../../client/device/device.ts';

/** The rows of one kind that a page opened after a power cut would find on this device. */
export function rowsOnDisk(page: Page, kind: DeviceKind): Promise<unknown[]> {
  return page.evaluate(
    (store) =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open('jishan');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const reading = opening.result.transaction(store).objectStore(store).getAll();
          reading.onerror = () => reject(new Error('no rows'));
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result);
          };
        };
      }),
    kind,
  );
}
