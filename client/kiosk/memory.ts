import type { BasketLine } from './basket.ts';

/**
 * What this device keeps between page loads: its own token, the shift, and the basket under way with its key,
 * so that a reload in the middle of a hand-over can never book it twice. No names and no balances.
 */
export interface KeptBasket {
  /** Minted when the basket began; the same for every sending of it. */
  readonly key: string;
  readonly householdId: string;
  readonly householdNumber: string;
  readonly lines: readonly BasketLine[];
  readonly changedAtMs: number;
  /** The total that was on the screen when it was sent; null while nothing was sent. */
  readonly sentPoints: number | null;
  /** Goes with it: that the household gave its PIN. Not the PIN. */
  readonly pinProof: string | null;
}

export interface KeptUndo {
  readonly key: string;
  readonly redemptionId: string;
}

export interface Memory {
  device: string | null;
  shift: string | null;
  basket: KeptBasket | null;
  /** An undo that was sent and not answered yet. */
  undo: KeptUndo | null;
  /** Width of the printer's roll in millimetres. */
  paper: PaperWidth;
  volume: Volume;
}

export const PAPER_WIDTHS = [58, 80] as const;
export type PaperWidth = (typeof PAPER_WIDTHS)[number];
export const VOLUMES = ['silent', 'low', 'middle', 'loud'] as const;
export type Volume = (typeof VOLUMES)[number];

const names = {
  device: 'jishan.kiosk.device',
  shift: 'jishan.kiosk.shift',
  basket: 'jishan.kiosk.basket',
  undo: 'jishan.kiosk.undo',
  paper: 'jishan.kiosk.paper',
  volume: 'jishan.kiosk.volume',
};

export function createMemory(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Memory {
  const write = (name: string, value: string | null) =>
    value === null ? storage.removeItem(name) : storage.setItem(name, value);
  return {
    get device() {
      return storage.getItem(names.device);
    },
    set device(token) {
      write(names.device, token);
    },
    get shift() {
      return storage.getItem(names.shift);
    },
    set shift(token) {
      write(names.shift, token);
    },
    get basket() {
      return readJson(storage.getItem(names.basket), isKeptBasket);
    },
    set basket(basket) {
      write(names.basket, basket === null ? null : JSON.stringify(onlyBasket(basket)));
    },
    get undo() {
      return readJson(storage.getItem(names.undo), isKeptUndo);
    },
    set undo(undo) {
      write(names.undo, undo === null ? null : JSON.stringify(onlyUndo(undo)));
    },
    get paper() {
      return oneOf(PAPER_WIDTHS, storage.getItem(names.paper)) ?? 58;
    },
    set paper(width) {
      write(names.paper, String(width));
    },
    get volume() {
      return oneOf(VOLUMES, storage.getItem(names.volume)) ?? 'middle';
    },
    set volume(volume) {
      write(names.volume, volume);
    },
  };
}

/** Field by field: whatever else the screen knows of the household stays off the device. */
function onlyBasket(basket: KeptBasket): KeptBasket {
  const { key, householdId, householdNumber, lines, changedAtMs, sentPoints, pinProof } = basket;
  const pieces = lines.map(({ goodsId, quantity }) => ({ goodsId, quantity }));
  return { key, householdId, householdNumber, lines: pieces, changedAtMs, sentPoints, pinProof };
}

function onlyUndo({ key, redemptionId }: KeptUndo): KeptUndo {
  return { key, redemptionId };
}

function oneOf<T extends number | string>(choices: readonly T[], text: string | null): T | undefined {
  return choices.find((choice) => String(choice) === text);
}

/** Null for what is missing, broken, or left by another version of the program. */
function readJson<T>(text: string | null, isWhole: (value: unknown) => value is T): T | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isWhole(value) ? value : null;
  } catch {
    return null;
  }
}

function isKeptBasket(value: unknown): value is KeptBasket {
  return (
    hasStrings(value, ['key', 'householdId', 'householdNumber']) &&
    typeof value.changedAtMs === 'number' &&
    (value.sentPoints === null || typeof value.sentPoints === 'number') &&
    (value.pinProof === null || typeof value.pinProof === 'string') &&
    Array.isArray(value.lines) &&
    value.lines.every((line) => hasStrings(line, ['goodsId']) && Number.isInteger(line.quantity))
  );
}

function isKeptUndo(value: unknown): value is KeptUndo {
  return hasStrings(value, ['key', 'redemptionId']);
}

function hasStrings(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  return names.every((name) => typeof record[name] === 'string');
}
