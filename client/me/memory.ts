import type { AnswerOf } from '../api/index.ts';
import type { KeptBook } from './book-memory.ts';
import { readTextSize, type TextSize } from './text-size.ts';

/** A household as it was seen last: enough to say whose it is, and what it had then, when the network is gone. */
export interface Seen {
  readonly villageId: string;
  readonly village: string;
  readonly group: string;
  readonly number: string;
  readonly head: string;
  readonly balance: number;
  readonly atMs: number;
}

/** All that was heard then, as the build of the program that heard it reads it. */
export interface SeenView {
  readonly shape: string;
  readonly view: AnswerOf<'me.view'>;
}

/** A household opened on this phone, until it is taken off or its log-in is ended elsewhere. */
export interface KeptAccount {
  readonly token: string;
  /** The card whose QR opened it: opened again, it needs no PIN. */
  readonly card: string | null;
  /** The name of somebody who helps here with a card that is not their own. */
  readonly helper: string | null;
  readonly seen: Seen | null;
  readonly whole?: SeenView;
}

/**
 * All that this phone keeps: the households opened on it, which one was looked at last, how large the text is, and how
 * far each village's book was.
 */
export interface Memory {
  readonly accounts: readonly KeptAccount[];
  readonly current: KeptAccount | null;
  readonly textSize: TextSize;
  /** How far the books were, by the village's id. */
  readonly books: Readonly<Record<string, KeptBook>>;
  /** The browser refused to keep something: it is gone with the page. */
  readonly isShort: boolean;
  /** Adds an account, or replaces the one with the same token, and looks at it. */
  keep(account: KeptAccount): void;
  /** Notes what was seen of an account, if it is still kept. */
  note(token: string, seen: Seen, whole: SeenView): void;
  choose(token: string): void;
  /** Takes one off; the next one, if any, is looked at. */
  forget(token: string): void;
  keepTextSize(size: TextSize): void;
  keepBook(villageId: string, book: KeptBook): void;
}

type Storing = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

interface Disk extends Storing {
  readonly isShort: boolean;
}

const names = {
  accounts: 'jishan.me.accounts',
  current: 'jishan.me.current',
  textSize: 'jishan.me.textSize',
  books: 'jishan.me.books',
  /** The row of one household alone, as it was kept first. */
  oneToken: 'jishan.me.token',
  oneCard: 'jishan.me.card',
};

/** The name under which a household's report is kept that is being written (report-draft.ts). */
export function reportDraftOf({ villageId, number }: Pick<Seen, 'villageId' | 'number'>): string {
  return `jishan.me.report ${villageId} ${number}`;
}

export function createMemory(disk: Disk): Memory {
  takeOver(disk);
  const read = () => readAccounts(disk.getItem(names.accounts));
  const write = (accounts: readonly KeptAccount[]) => disk.setItem(names.accounts, JSON.stringify(accounts));

  return {
    get accounts() {
      return read();
    },
    get current() {
      const accounts = read();
      const token = disk.getItem(names.current);
      return accounts.find((account) => account.token === token) ?? accounts[0] ?? null;
    },
    get isShort() {
      return disk.isShort;
    },
    get textSize() {
      return readTextSize(disk.getItem(names.textSize));
    },
    get books() {
      return readBooks(disk.getItem(names.books));
    },
    keep(account) {
      write([...read().filter(({ token }) => token !== account.token), account]);
      disk.setItem(names.current, account.token);
    },
    note(token, seen, whole) {
      write(read().map((account) => (account.token === token ? { ...account, seen, whole } : account)));
    },
    choose(token) {
      disk.setItem(names.current, token);
    },
    forget(gone) {
      const seen = read().find(({ token }) => token === gone)?.seen;
      if (seen) disk.removeItem(reportDraftOf(seen));
      write(read().filter(({ token }) => token !== gone));
      if (disk.getItem(names.current) === gone) disk.removeItem(names.current);
    },
    keepTextSize(size) {
      disk.setItem(names.textSize, size);
    },
    keepBook(villageId, book) {
      disk.setItem(names.books, JSON.stringify({ ...this.books, [villageId]: book }));
    },
  };
}

/**
 * Keeps in the browser what it takes, and the rest as long as the page is open: old and private browsers have no
 * storage, refuse to write to it, or say so only when they are asked.
 */
export function createDisk(find: () => Storing): Disk {
  /** Rows that the browser refused to keep or to throw away; null stands for a row that is gone. */
  const short = new Map<string, string | null>();
  const put = (name: string, value: string | null) => {
    try {
      if (value === null) find().removeItem(name);
      else find().setItem(name, value);
      short.delete(name);
    } catch {
      short.set(name, value);
    }
  };
  return {
    get isShort() {
      return [...short.values()].some((value) => value !== null);
    },
    getItem(name) {
      const refused = short.get(name);
      if (refused !== undefined) return refused;
      try {
        return find().getItem(name);
      } catch {
        return null;
      }
    },
    setItem: put,
    removeItem: (name) => put(name, null),
  };
}

/** A household that logged in when a phone kept one alone stays logged in. */
function takeOver(disk: Disk): void {
  const token = disk.getItem(names.oneToken);
  if (token === null) return;
  const account = { token, card: disk.getItem(names.oneCard), helper: null, seen: null };
  disk.setItem(names.accounts, JSON.stringify([account]));
  disk.removeItem(names.oneToken);
  disk.removeItem(names.oneCard);
}

function readBooks(kept: string | null): Record<string, KeptBook> {
  try {
    return (JSON.parse(kept ?? '{}') ?? {}) as Record<string, KeptBook>;
  } catch {
    return {};
  }
}

function readAccounts(kept: string | null): KeptAccount[] {
  try {
    const list: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(list) ? list.filter(isAccount) : [];
  } catch {
    return [];
  }
}

function isAccount(value: unknown): value is KeptAccount {
  return typeof value === 'object' && value !== null && typeof (value as KeptAccount).token === 'string';
}
