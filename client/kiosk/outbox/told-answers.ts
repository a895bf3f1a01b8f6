import { shallowRef } from 'vue';
import { finalAnswer, type KeptRow } from '../../outbox/outbox-disk.ts';
import { isHandOver } from './read-row.ts';

/** The answers to what was done without network, until somebody has seen them. */
export interface ToldAnswers {
  readonly among: (rows: readonly KeptRow[]) => KeptRow[];
  /** Somebody has seen these. */
  readonly see: (told: readonly KeptRow[], rows: readonly KeptRow[]) => void;
}

export interface Tally {
  readonly all: number;
  readonly booked: number;
  /** Booked, and somebody of the village looks at them. */
  readonly marked: number;
  /** Not booked. */
  readonly refused: number;
}

const NAME = 'jishan.kiosk.told';

export function createToldAnswers(storage: Pick<Storage, 'getItem' | 'setItem'>): ToldAnswers {
  const seen = shallowRef(readSeen(storage));
  return {
    among: (rows) => rows.filter((kept) => isTold(kept) && !seen.value.has(nameOf(kept))),
    see(told, rows) {
      // Rows that the device has forgotten need not be remembered here.
      const there = new Set(rows.map(nameOf));
      seen.value = new Set([...seen.value, ...told.map(nameOf)].filter((name) => there.has(name)));
      storage.setItem(NAME, JSON.stringify([...seen.value]));
    },
  };
}

export function tallyOf(told: readonly KeptRow[]): Tally {
  const outcomes = told.map(outcomeOf);
  const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
  const [marked, refused] = [count('marked'), count('refused')];
  return { all: told.length, booked: count('booked') + marked, marked, refused };
}

export type Outcome = 'booked' | 'marked' | 'refused';

/** The outcome of a row that was done without network. */
export function outcomeOf({ answer }: KeptRow): Outcome {
  const { entry = null, marks = [] } = answer ?? {};
  if (entry === null) return 'refused';
  return marks.length > 0 ? 'marked' : 'booked';
}

/**
 * A counter that waits for its answer tells it by itself. Hand-overs without one are told here, and so is a row that was given up
 * at the counter and is booked all the same.
 */
function isTold(kept: KeptRow): boolean {
  const { row } = kept;
  const answer = finalAnswer(kept);
  if (answer === null || !isHandOver(kept)) return false;
  return row.done?.how === 'here' || (row.done?.how === 'given_up' && answer.entry !== null);
}

function nameOf({ row }: KeptRow): string {
  return `${row.device} ${row.key}`;
}

function readSeen(storage: Pick<Storage, 'getItem'>): Set<string> {
  try {
    const names = JSON.parse(storage.getItem(NAME) ?? '[]') as unknown;
    return new Set(Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []);
  } catch {
    return new Set();
  }
}
