import { readTextSize, type TextSize } from './text-size.ts';

/** What this phone keeps: the token of the household opened last, with which card, and how large the text is. */
export interface Memory {
  readonly account: { readonly token: string; readonly card: string | null } | null;
  readonly textSize: TextSize;
  keepAccount(token: string, card: string | null): void;
  forgetAccount(): void;
  keepTextSize(size: TextSize): void;
}

type Disk = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const names = { token: 'jishan.me.token', card: 'jishan.me.card', textSize: 'jishan.me.textSize' };

export function createMemory(disk: Disk): Memory {
  return {
    get account() {
      const token = disk.getItem(names.token);
      return token === null ? null : { token, card: disk.getItem(names.card) };
    },
    get textSize() {
      return readTextSize(disk.getItem(names.textSize));
    },
    keepAccount(token, card) {
      disk.setItem(names.token, token);
      if (card === null) disk.removeItem(names.card);
      else disk.setItem(names.card, card);
    },
    forgetAccount() {
      disk.removeItem(names.token);
      disk.removeItem(names.card);
    },
    keepTextSize(size) {
      disk.setItem(names.textSize, size);
    },
  };
}

/** For a browser that keeps nothing: as long as the page is open. */
export function createShortMemory(): Disk {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}
