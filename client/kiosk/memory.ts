import { DEVICE_TOKEN } from '../device/device-token.ts';

/** Keeps tokens and settings between page loads. Baskets are kept by ports/counter-disk.ts. */
export interface Memory {
  device: string | null;
  shift: string | null;
  /** The id of the shift: rows name it. */
  shiftId: string | null;
  /** A shift that was begun without the server, as JSON. */
  localShift: string | null;
  /** The last state that the server told, as JSON: a page that opens without network begins with it. */
  lastState: string | null;
  /** The id of the key by which this pairing signs its rows. */
  rowKey: string | null;
  /** Width of the printer's roll in millimetres. */
  paper: PaperWidth;
  printWay: PrintWay;
  volume: Volume;
  /** Balance and sums are read aloud. */
  speaks: boolean;
  /** The screen is locked, also after a reload. */
  isLocked: boolean;
}

export const PAPER_WIDTHS = [58, 80] as const;
export type PaperWidth = (typeof PAPER_WIDTHS)[number];
/** By the shop's printer on the network, or by this device's own. */
export const PRINT_WAYS = ['network', 'browser'] as const;
export type PrintWay = (typeof PRINT_WAYS)[number];
export const VOLUMES = ['silent', 'low', 'middle', 'loud'] as const;
export type Volume = (typeof VOLUMES)[number];

const texts = {
  device: DEVICE_TOKEN,
  shift: 'jishan.kiosk.shift',
  shiftId: 'jishan.kiosk.shift-id',
  localShift: 'jishan.kiosk.local-shift',
  lastState: 'jishan.kiosk.state',
  rowKey: 'jishan.kiosk.row-key',
} as const;

const names = {
  paper: 'jishan.kiosk.paper',
  printWay: 'jishan.kiosk.print-way',
  volume: 'jishan.kiosk.volume',
  speaks: 'jishan.kiosk.speaks',
  locked: 'jishan.kiosk.locked',
};

export function createMemory(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): Memory {
  const write = (name: string, value: string | null) =>
    value === null ? storage.removeItem(name) : storage.setItem(name, value);
  const settings: Omit<Memory, keyof typeof texts> = {
    get paper() {
      return oneOf(PAPER_WIDTHS, storage.getItem(names.paper)) ?? 58;
    },
    set paper(width) {
      write(names.paper, String(width));
    },
    get printWay() {
      return oneOf(PRINT_WAYS, storage.getItem(names.printWay)) ?? 'network';
    },
    set printWay(way) {
      write(names.printWay, way);
    },
    get volume() {
      return oneOf(VOLUMES, storage.getItem(names.volume)) ?? 'middle';
    },
    set volume(volume) {
      write(names.volume, volume);
    },
    get speaks() {
      return storage.getItem(names.speaks) !== null;
    },
    set speaks(speaks) {
      write(names.speaks, speaks ? '1' : null);
    },
    get isLocked() {
      return storage.getItem(names.locked) !== null;
    },
    set isLocked(isLocked) {
      write(names.locked, isLocked ? '1' : null);
    },
  };
  const kept = Object.entries(texts).map(([property, name]) => {
    const accessor = {
      get: () => storage.getItem(name),
      set: (text: string | null) => write(name, text),
    };
    return [property, accessor];
  });
  return Object.defineProperties(settings, Object.fromEntries(kept) as PropertyDescriptorMap) as Memory;
}

function oneOf<T extends number | string>(choices: readonly T[], text: string | null): T | undefined {
  return choices.find((choice) => String(choice) === text);
}
