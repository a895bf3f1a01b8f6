import type { Device } from '../../device/device.ts';
import { createDeviceIntents } from '../../intent/intent-store.ts';

/** A return as it was sent: ids and pieces, and the number of its slip. No names. */
export interface SentReturn {
  readonly key: string;
  readonly content: ReturnContent;
}

export interface ReturnContent {
  readonly redemptionId: string;
  readonly number: number;
  readonly lines: readonly { readonly goodsId: string; readonly quantity: number }[];
  readonly presence: string;
}

/** Keeps a return from before it is sent until it is known what became of it: whoever began it twice would give points back twice. */
export interface KeptReturns {
  /** False: the disk refuses, and nothing is sent. */
  readonly keep: (sent: SentReturn) => Promise<boolean>;
  readonly settle: (key: string) => Promise<void>;
  /** The return whose answer an earlier page never heard. */
  readonly left: () => Promise<SentReturn | null>;
}

const KIND = 'kiosk.return';
/** No person owns it: the volunteer on duty asks about it. */
const OWNER = 'counter';

export function createKeptReturns(device: Device, now: () => number): KeptReturns {
  const intents = createDeviceIntents(device);
  return {
    keep: (sent) =>
      intents.keep({ ...sent, kind: KIND, about: sent.content.redemptionId, owner: OWNER, sentAtMs: now() }),
    settle: (key) => intents.settle(key),
    async left() {
      const [first] = (await intents.openOnes(OWNER)).filter(({ kind }) => kind === KIND);
      return first ? { key: first.key, content: first.content as ReturnContent } : null;
    },
  };
}
