import type { Device } from '../device/device.ts';
import { oneAfterTheOther } from '../device/one-after-the-other.ts';
import { type Later, postponed } from '../device/postponed-call.ts';
import type { LeftOpen } from './intent.ts';

/** A request that was sent and is not answered yet: enough to ask the very same again after a reload. */
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
  /**
   * True once it is on the disk. False where the disk refused it or did not answer: it may be there all the same, and
   * goes with `settle` like any other.
   */
  readonly keep: (intent: KeptIntent) => Promise<boolean>;
  /** It is known what became of it, or the person gave it up: no page asks about it again. */
  readonly settle: (key: string) => Promise<void>;
  /** All that this person left open, the oldest first. */
  readonly openOnes: (owner: string) => Promise<KeptIntent[]>;
}

const RETRY_MS = 5000;

export function createDeviceIntents(
  device: Device,
  later: Later = (run) => void setTimeout(run, RETRY_MS),
): IntentStore {
  /** Keys of rows that the disk did not remove yet. A row that stays would be asked about, and so sent, after a reload. */
  const gone = new Set<string>();
  const inTurn = oneAfterTheOther();
  const writeLater = postponed(later, () => void inTurn(write));

  /** Writes one intent, if there is one, and removes the rows that are to go. */
  async function write(intent?: KeptIntent): Promise<boolean> {
    const keys = [...gone];
    if (intent === undefined && keys.length === 0) return true;
    try {
      await device.write(['intents'], async (work) => {
        const intents = work.objectStore('intents');
        await Promise.all(keys.map((key) => intents.delete(key)));
        if (intent !== undefined) await intents.put(intent, intent.key);
      });
      gone.clear();
      return true;
    } catch {
      if (gone.size > 0) writeLater();
      return false;
    }
  }

  return {
    keep: (intent) =>
      inTurn(() => {
        // The key stays through refusals: what is kept now must not go with what was settled before.
        gone.delete(intent.key);
        return write(intent);
      }),
    async settle(key) {
      await inTurn(() => {
        gone.add(key);
        return write();
      });
    },
    async openOnes(owner) {
      try {
        const all = await device.read(['intents'], (work) => work.objectStore('intents').getAll());
        return all
          .filter(isKeptIntent)
          .filter((intent) => intent.owner === owner && !gone.has(intent.key))
          .sort((a, b) => a.sentAtMs - b.sentAtMs);
      } catch {
        // An earlier page may have left some all the same. They are looked for again before anything else is sent.
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
