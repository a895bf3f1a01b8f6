import type { Device } from '../device/device.ts';

/** Removes the copy from the disk, with its key and what was counted about its use. Rejects where the disk refuses. */
export function wipeCopy(device: Device): Promise<void> {
  return device.write(['copy', 'copyState'], (work) =>
    Promise.all([work.objectStore('copy').clear(), work.objectStore('copyState').clear()]),
  );
}
