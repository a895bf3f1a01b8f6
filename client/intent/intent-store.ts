import type { Device } from '../device/device.ts';

/** What was sent and is not answered yet: enough to ask the very same again after a reload. */
export interface KeptIntent<Content = unknown> {
  readonly key: string;
  /** Which kind of act it is, and whose: a shared computer mixes up nobody's. */
  readonly kind: string;
  readonly owner: string;
  readonly content: Content;
  readonly sentAtMs: number;
}

/** Where intents are kept while they are open. The memory of the page, or the device's disk. */
export interface IntentStore {
  /** True once it is on the disk: it has to be before anything is sent. False where it cannot be kept. */
  readonly keep: (intent: KeptIntent) => Promise<boolean>;
  /** It is known what became of it, or the person gave it up. */
  readonly settle: (key: string) => Promise<void>;
  readonly openOnes: (kind: string, owner: string) => Promise<KeptIntent[]>;
}

/** For acts that may be forgotten with the page: it dies with it. */
export function createMemoryIntents(): IntentStore {
  const kept = new Map<string, KeptIntent>();
  return {
    keep(intent) {
      kept.set(intent.key, intent);
      return Promise.resolve(true);
    },
    settle(key) {
      kept.delete(key);
      return Promise.resolve();
    },
    openOnes: (kind, owner) => Promise.resolve(ofOwner([...kept.values()], kind, owner)),
  };
}

export function createDeviceIntents(device: Device): IntentStore {
  return {
    async keep(intent) {
      try {
        await device.write(['intents'], (work) => work.objectStore('intents').put(intent, intent.key));
        return true;
      } catch {
        return false;
      }
    },
    async settle(key) {
      try {
        await device.write(['intents'], (work) => work.objectStore('intents').delete(key));
      } catch {
        // It stays and is asked about again after a reload: the same key books nothing twice.
      }
    },
    async openOnes(kind, owner) {
      try {
        const all = await device.read(['intents'], (work) => work.objectStore('intents').getAll());
        return ofOwner(all.filter(isKeptIntent), kind, owner);
      } catch {
        return [];
      }
    },
  };
}

function ofOwner(all: readonly KeptIntent[], kind: string, owner: string): KeptIntent[] {
  return all
    .filter((intent) => intent.kind === kind && intent.owner === owner)
    .sort((a, b) => a.sentAtMs - b.sentAtMs);
}

/** Whether a row of the disk is an intent; what is in it is the business of whoever kept it. */
export function isKeptIntent(value: unknown): value is KeptIntent {
  if (typeof value !== 'object' || value === null) return false;
  const { key, kind, owner, sentAtMs } = value as Record<string, unknown>;
  return [key, kind, owner].every((one) => typeof one === 'string') && typeof sentAtMs === 'number';
}
