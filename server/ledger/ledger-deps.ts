import type { OnWritten } from '../commands/index.ts';
import type { LedgerKinds } from './kind-registry.ts';

export interface LedgerDeps<Kinds extends LedgerKinds = LedgerKinds> {
  readonly kinds: Kinds;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Makes a fresh salt for an entry's text, hex. */
  readonly newSalt: () => string;
  /** Gets the rows of every entry that was written. */
  readonly onWritten?: OnWritten | undefined;
  /**
   * Keeps entries from being dated before the one they follow, and refuses to book while the clock is far behind
   * the book. It is on unless somebody who has looked at the clock turns it off.
   */
  readonly guardsClock?: boolean | undefined;
}
