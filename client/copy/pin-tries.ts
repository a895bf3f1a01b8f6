import type { DeviceTable } from '../device/device-table.ts';

/** Counts wrong PINs of volunteers on this device, also through reloads. */
export interface PinTries {
  /** Notes a try before it is checked, so that nobody gets one more by closing the page. */
  readonly begin: (volunteerId: string) => Promise<'noted' | 'tooMany' | 'notKept'>;
  /** The PIN was right: what was counted of this volunteer is forgotten. */
  readonly forgive: (volunteerId: string) => Promise<void>;
  /** The server was heard of: a device that is looked after may try again, though not sooner. */
  readonly renew: () => Promise<void>;
}

const TRIES = 'tries';
const FREE = 5;
const WINDOW_MS = 15 * 60_000;
/** So many wrong ones, however slowly, until the server is heard of again. */
const FREE_ALTOGETHER = 30;

export function createPinTries(table: DeviceTable, nowMs: () => number): PinTries {
  async function read(): Promise<Record<string, readonly number[]>> {
    const kept = await table.get(TRIES);
    return isTries(kept) ? kept : {};
  }
  const isRecent = (atMs: number) => nowMs() - atMs < WINDOW_MS;
  return {
    async begin(id) {
      const all = await read();
      const tries = all[id] ?? [];
      // A try in the future is recent: a clock that was set back gives nobody more of them.
      if (tries.filter(isRecent).length >= FREE || tries.length >= FREE_ALTOGETHER) return 'tooMany';
      // A disk that does not take the count counts nothing, so nothing is tried.
      const isNoted = await table.put(TRIES, { ...all, [id]: [...tries, nowMs()] });
      return isNoted ? 'noted' : 'notKept';
    },
    async forgive(id) {
      const { [id]: _, ...others } = await read();
      await table.put(TRIES, others);
    },
    async renew() {
      const all = await read();
      const recent = Object.entries(all).map(([id, tries]) => [id, tries.filter(isRecent)] as const);
      const left = recent.filter(([, tries]) => tries.length > 0);
      const [before, after] = [countOf(Object.values(all)), countOf(left.map(([, tries]) => tries))];
      if (before !== after) await table.put(TRIES, Object.fromEntries(left));
    },
  };
}

function countOf(all: readonly (readonly number[])[]): number {
  return all.reduce((sum, tries) => sum + tries.length, 0);
}

function isTries(value: unknown): value is Record<string, readonly number[]> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((tries) => Array.isArray(tries) && tries.every((at) => typeof at === 'number'))
  );
}
