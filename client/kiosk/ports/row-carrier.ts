import type { OutboxRow } from '../../../shared/outbox/row.ts';
import type { Carried } from '../../outbox/row-sender.ts';
import type { DeviceKey } from '../../outbox/row-signer.ts';
import { ANSWER_LIMIT_MS } from '../answer-limit.ts';
import type { Station } from '../composables/station.ts';

export interface RowCarrier {
  readonly carry: (rows: readonly OutboxRow[], isEmptyAfter: boolean) => Promise<Carried>;
  /** Names the key of this pairing: the server believes one that comes soon after the pairing. */
  readonly introduce: (key: DeviceKey) => Promise<unknown>;
  /** Names a key of this device that the server does not know any more. */
  readonly nameAgain: (device: string) => Promise<unknown>;
}

const timeoutMs = ANSWER_LIMIT_MS;

/** Brings rows to the server. It names their keys first, and again where a restored server does not know them. */
export function createRowCarrier(
  { api }: Pick<Station, 'api'>,
  keys: readonly DeviceKey[],
  { now, hear }: { readonly now: () => number; readonly hear: (serverMs: number) => void },
): RowCarrier {
  const known = new Set<string>();
  /** Keys that are being named: nobody names one twice at a time. */
  const naming = new Map<string, Promise<Carried | null>>();

  async function name(own: DeviceKey): Promise<Carried | null> {
    const outcome = await api.call('outbox.register', { body: { publicKey: own.publicKey }, timeoutMs });
    naming.delete(own.device);
    if (outcome.kind !== 'answer') return outcome;
    known.add(own.device);
    return null;
  }

  async function register(device: string): Promise<Carried | null> {
    const own = keys.find((one) => one.device === device);
    // Rows that came along from another address were signed there, and their key was named there.
    if (own === undefined || known.has(device)) return null;
    const named = naming.get(device) ?? name(own);
    naming.set(device, named);
    return named;
  }

  return {
    introduce: ({ device }) => register(device),
    nameAgain(device) {
      known.delete(device);
      return register(device);
    },
    async carry(rows, isEmptyAfter) {
      for (const device of new Set(rows.map((row) => row.device))) {
        const failed = await register(device);
        if (failed !== null) return failed;
      }
      const body = { rows: [...rows], isEmptyAfter, sentAtMs: now() };
      const outcome = await api.call('outbox.send', { body, timeoutMs });
      if (outcome.kind !== 'answer') return outcome;
      hear(outcome.data.nowMs);
      for (const { device, code } of outcome.data.answers)
        if (code === 'outbox.unknown') known.delete(device);
      return outcome;
    },
  };
}
