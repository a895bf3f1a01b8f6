import type { Tx } from '../../db/store.ts';
import type { LedgerKinds } from './kinds.ts';

export interface LedgerDeps<Kinds extends LedgerKinds = LedgerKinds> {
  readonly kinds: Kinds;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Makes a fresh salt for an entry's text, hex. */
  readonly newSalt: () => string;
  /** Is told what was written; it stands only if `tx` is committed. */
  readonly onWritten?: OnWritten | undefined;
  /**
   * Whether an entry is never dated before the one it follows, and nothing is booked while the clock is far behind the book.
   * It is on unless somebody who has looked at the clock turns it off.
   */
  readonly guardsClock?: boolean | undefined;
}

/** Takes the entries of a commit as far as they are counted. */
export type OnWritten = (
  tx: Tx,
  written: readonly { readonly kind: string; readonly lines: readonly { readonly unit: string }[] }[],
) => void;
