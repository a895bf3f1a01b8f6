import type { Device, DeviceKind } from './device.ts';

/** The rows of one kind on this device. A row for which `put` answered true survives an empty battery. */
export interface DeviceTable {
  /** True once it is on the disk; false where the browser keeps nothing. */
  readonly put: (key: string, value: unknown) => Promise<boolean>;
  /** Null where there is nothing. */
  readonly get: (key: string) => Promise<unknown>;
  readonly drop: (...keys: readonly string[]) => Promise<void>;
}

/** For what may be lost where the browser keeps nothing: it then lives as long as the page. */
export function tableOf(device: Device, kind: DeviceKind): DeviceTable {
  return {
    async put(key, value) {
      try {
        await device.write([kind], (work) => work.objectStore(kind).put(value, key));
        return true;
      } catch {
        return false;
      }
    },
    async get(key) {
      try {
        return (await device.read([kind], (work) => work.objectStore(kind).get(key))) ?? null;
      } catch {
        return null;
      }
    },
    async drop(...keys) {
      try {
        await device.write([kind], (work) =>
          Promise.all(keys.map((key) => work.objectStore(kind).delete(key))),
        );
      } catch {
        // It may be there all the same. A draft that stays is sent under the key it began with: it books nothing twice.
      }
    },
  };
}
