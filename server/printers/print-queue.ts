import type { SendOutcome } from './send-to-printer.ts';

/** How many slips may be asked for at one printer: the one that is being printed, and those behind it. */
export const SLIPS_AT_ONCE = 5;
/** How long a slip waits for those before it. */
const WAIT_MS = 5000;

export type Printed = SendOutcome | 'busy';

export interface PrinterAddress {
  readonly host: string;
  readonly port: number;
}

/** Prints one slip at a time on each printer. Those behind are given up before anybody loses patience. */
export type PrintQueue = (place: PrinterAddress, bytes: Uint8Array) => Promise<Printed>;

type Send = (place: PrinterAddress, bytes: Uint8Array) => Promise<SendOutcome>;

export function createPrintQueue(send: Send, waitMs = WAIT_MS): PrintQueue {
  const lines = new Map<string, { last: Promise<unknown>; length: number }>();
  return async (place, bytes) => {
    const name = `${place.host} ${place.port}`;
    const line = lines.get(name) ?? { last: Promise.resolve(), length: 0 };
    if (line.length >= SLIPS_AT_ONCE) return 'busy';
    lines.set(name, line);
    line.length += 1;
    const before = line.last;
    let leave: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => (leave = resolve));
    line.last = Promise.all([before, mine]);
    try {
      return (await comesWithin(before, waitMs)) ? await send(place, bytes) : 'busy';
    } finally {
      leave();
      line.length -= 1;
      if (line.length === 0) lines.delete(name);
    }
  };
}

async function comesWithin(turn: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  try {
    return await Promise.race([turn.then(() => true), over]);
  } finally {
    clearTimeout(timer);
  }
}
