import type { Failure } from '../../api/index.ts';
import { finalAnswer, type KeptRow } from '../../outbox/outbox-disk.ts';
import type { MayHandOut } from '../composables/useMayHandOut.ts';
import { isHandOver } from './read-row.ts';
import type { Tally } from './told-answers.ts';

/** Rows that have no answer yet. */
export interface Waiting {
  readonly rows: readonly KeptRow[];
  /** Hand-overs among them. The others begin and end shifts. */
  readonly handOvers: number;
  /** By the device's clock; null: none waits. */
  readonly oldestAtMs: number | null;
}

export type StripState =
  /** The device serves at another address from now on. */
  | { readonly is: 'gone'; readonly to: string }
  /** The server has another address, and this device is still here. */
  | { readonly is: 'moved' }
  | { readonly is: 'blocked'; readonly failure: Failure }
  | { readonly is: 'offline'; readonly mayHandOut: MayHandOut }
  | { readonly is: 'sending' }
  /** The server has answered each row that waits, and cannot book it yet. */
  | { readonly is: 'held' }
  | { readonly is: 'told'; readonly tally: Tally }
  | { readonly is: 'clock'; readonly offsetMs: number }
  | { readonly is: 'fine' };

/** With the network a row is answered sooner than this: nothing flickers. */
const FRESH_MS = 3000;
/** Clocks of devices and of the server differ by a little; the server forgives as much. */
export const CLOCK_SLACK_MS = 2 * 60_000;

export function waitingOf(
  all: readonly KeptRow[],
  { isConnected, nowMs }: { readonly isConnected: boolean; readonly nowMs: number },
): Waiting {
  const rows = all.filter((kept) => {
    if (finalAnswer(kept) !== null) return false;
    // A clock that was set back makes a row of the future: it waits, too.
    return !isConnected || Math.abs(nowMs - kept.row.atMs) >= FRESH_MS;
  });
  return {
    rows,
    handOvers: rows.filter(isHandOver).length,
    oldestAtMs:
      rows.length === 0 ? null : rows.reduce((least, { row }) => Math.min(least, row.atMs), Infinity),
  };
}

export interface StripFacts {
  readonly isConnected: boolean;
  readonly blockedBy: Failure | null;
  readonly mayHandOut: MayHandOut;
  readonly waiting: Waiting;
  readonly tally: Tally;
  readonly offsetMs: number | null;
  readonly goneTo: string | null;
  readonly hasMoved: boolean;
}

/** The one thing that the bar says: first the one that asks for somebody. */
export function stripState(facts: StripFacts): StripState {
  const { isConnected, blockedBy, mayHandOut, waiting, tally, offsetMs, goneTo, hasMoved } = facts;
  if (goneTo !== null) return { is: 'gone', to: goneTo };
  if (hasMoved) return { is: 'moved' };
  if (!isConnected) return { is: 'offline', mayHandOut };
  if (waiting.rows.length > 0) {
    if (blockedBy !== null) return { is: 'blocked', failure: blockedBy };
    return { is: waiting.rows.every(({ answer }) => answer !== null) ? 'held' : 'sending' };
  }
  if (tally.all > 0) return { is: 'told', tally };
  if (isWrong(offsetMs)) return { is: 'clock', offsetMs };
  return { is: 'fine' };
}

export function isWrong(offsetMs: number | null): offsetMs is number {
  return offsetMs !== null && Math.abs(offsetMs) > CLOCK_SLACK_MS;
}
