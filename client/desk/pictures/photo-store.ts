import { type DeviceTable, tableOf } from '../../device/device-table.ts';
import { openDevice } from '../../device/device.ts';

/** Keeps photos on this device until they have been sent: a reload or an empty battery loses none. */
export interface PhotoShelf {
  readonly put: (key: string, photo: Blob) => Promise<void>;
  readonly get: (key: string) => Promise<Blob | null>;
  readonly drop: (key: string) => Promise<void>;
}

export function openPhotoShelf(table: DeviceTable = tableOf(openDevice(), 'photos')): PhotoShelf {
  return {
    async put(key, photo) {
      // Bytes, because some browsers do not keep blobs.
      await table.put(key, await photo.arrayBuffer());
    },
    async get(key) {
      const bytes = await table.get(key);
      return bytes instanceof ArrayBuffer ? new Blob([bytes], { type: 'image/jpeg' }) : null;
    },
    drop: (key) => table.drop(key),
  };
}
