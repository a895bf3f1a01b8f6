import type { Device } from '../device/device.ts';
import type { LeftOpen } from './intent.ts';

/** What was sent and is not answered yet: enough to ask the very same again after a reload. */
export interface KeptIntent<Content = unknown> extends LeftOpen<Content> {
  /** Which kind of act it is, and about what: a screen finds its own again. */
  readonly kind: string;
  readonly about: string;
  /** The person who sent it. Nobody else at a shared computer sees it. */
  readonly owner: string;
  /** It was booked, and the screen whose draft it was has not been told yet. */
  readonly answer?: unknown;
}

/** Keeps intents while they are open. Today it is the device's disk; an outbox that sends by itself fits here too. */
export interface IntentStore {
  /** True once it is on the disk: it has to be before anything is sent. False where it cannot be kept. */
  readonly keep: (intent: KeptIntent) => Promise<boolean>;
  /** It is known what became of it, or the person gave it up. */
  readonly settle: (key: string) => Promise<void>;
  /** All that this person left open, the oldest first. */
  readonly openOnes: (owner: string) => Promise<KeptIntent[]>;
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
    async openOnes(owner) {
      try {
        const all = await device.read(['intents'], (work) => work.objectStore('intents').getAll());
        return all
          .filter(isKeptIntent)
          .filter((intent) => intent.owner === owner)
          .sort((a, b) => a.sentAtMs - b.sentAtMs);
      } catch {
        return [];
      }
    },
  };
}

/** Whether a row of the disk is an intent; what is in it is the business of whoever kept it. */
export function isKeptIntent(value: unknown): value is KeptIntent {
  if (typeof value !== 'object' || value === null) return false;
  const { key, kind, about, owner, sentAtMs } = value as Record<string, unknown>;
  const isNamed = [key, kind, about, owner].every((one) => typeof one === 'string');
  return isNamed && typeof sentAtMs === 'number';
}
