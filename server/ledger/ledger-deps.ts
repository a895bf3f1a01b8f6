import type { Tx } from '../../db/store.ts';
import type { LedgerKinds } from './kind-registry.ts';

export interface LedgerDeps<Kinds extends LedgerKinds = LedgerKinds> {
  readonly kinds: Kinds;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Makes a fresh salt for an entry's text, hex. */
  readonly newSalt: () => string;
  /** Gets every entry that was written; it stands only if `tx` is committed. */
  readonly onWritten?: OnWritten | undefined;
  /**
   * Keeps entries from being dated before the one they follow, and refuses to book while the clock is far behind
   * the book. It is on unless somebody who has looked at the clock turns it off.
   */
  readonly guardsClock?: boolean | undefined;
}

/** Takes the kinds and units of a commit's entries, to be counted. */
export type OnWritten = (
  tx: Tx,
  written: readonly { readonly kind: string; readonly lines: readonly { readonly unit: string }[] }[],
) => void;
