import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { markContent } from '../../shared/proposals/mark-content.ts';
import type { TokenKeys } from '../identity/index.ts';

/** The person whose screen shows a mark. */
export interface Reading {
  readonly villageId: string;
  readonly actorId: string;
  readonly nowMs: number;
}

/** A mark, and the proposal or batch that it is of: two may well look the same. */
export interface Marked {
  readonly id: string;
  readonly mark: string;
}

/** Writes on marks when they were first handed out, and reads it from marks that come back. */
export interface MarkStamps {
  readonly stamp: (reading: Reading, marked: Marked) => string;
  /** When this mark was handed out to this person; null: it never was. */
  readonly handedOutAt: (reading: Reading, marked: Marked) => number | null;
}

/** So many marks are remembered: some days of a village's proposals, in 2 MB. */
const REMEMBERED_MOST = 10_000;
const SEAL_LETTERS = 16;
const RADIX = 36;

/**
 * The time is signed with the mark, so that nobody makes it older and nothing is written when somebody reads. A page that is
 * read again gets the time of the first reading, as long as this process remembers it.
 */
export function createMarkStamps(keys: TokenKeys): MarkStamps {
  const first = new Map<string, number>();

  function firstReading(name: string, nowMs: number): number {
    const before = first.get(name);
    if (before !== undefined && before <= nowMs) return before;
    const [oldest] = first.keys();
    if (first.size >= REMEMBERED_MOST && oldest !== undefined) first.delete(oldest);
    first.set(name, nowMs);
    return nowMs;
  }

  return {
    stamp(reading, marked) {
      const atMs = firstReading(nameOf(reading, marked), reading.nowMs);
      const time = atMs.toString(RADIX);
      return `${marked.mark}.${time}.${sealOf(keys.current, reading, marked, time)}`;
    },
    handedOutAt(reading, { id, mark }) {
      const content = { id, mark: markContent(mark) };
      const [, time = '', seal = ''] = mark.split('.');
      const isOurs = [keys.current, ...keys.previous].some((key) =>
        isSame(seal, sealOf(key, reading, content, time)),
      );
      return isOurs ? Math.min(parseInt(time, RADIX), reading.nowMs) : null;
    },
  };
}

function nameOf({ villageId, actorId }: Reading, { id, mark }: Marked): string {
  return `${villageId} ${actorId} ${id} ${mark}`;
}

function sealOf(key: KeyObject, reading: Reading, marked: Marked, time: string): string {
  const text = `${nameOf(reading, marked)} ${time}`;
  return createHmac('sha256', key).update(text).digest('base64url').slice(0, SEAL_LETTERS);
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
