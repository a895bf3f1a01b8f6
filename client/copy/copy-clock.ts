import type { DeviceTable } from '../device/device-table.ts';

/** The latest time that this device's clock ever showed: an old copy does not grow young by setting the clock back. */
export interface CopyClock {
  readonly latestMs: () => number;
  /** Keeps it on the disk, about once an hour. */
  readonly note: () => Promise<void>;
  /** The server was heard of: the clock's time counts as it is now. A clock that ran ahead is put right so. */
  readonly setRight: () => Promise<void>;
}

const LATEST = 'latest';
const NOTED_EVERY_MS = 3_600_000;

export async function createCopyClock(table: DeviceTable, nowMs: () => number): Promise<CopyClock> {
  const kept = await table.get(LATEST);
  let noted = typeof kept === 'number' ? kept : 0;
  let latest = noted;
  const latestMs = () => (latest = Math.max(latest, nowMs()));
  async function keep(atMs: number): Promise<void> {
    noted = atMs;
    await table.put(LATEST, atMs);
  }
  return {
    latestMs,
    async note() {
      if (latestMs() - noted >= NOTED_EVERY_MS) await keep(latest);
    },
    async setRight() {
      const before = latest;
      latest = nowMs();
      if (latest - noted >= NOTED_EVERY_MS || latest < before) await keep(latest);
    },
  };
}
