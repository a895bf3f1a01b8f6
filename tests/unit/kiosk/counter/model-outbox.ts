import type { Effect } from '../../../../client/kiosk/counter/effects.ts';
import type { Owed, RowResult, WithoutNetwork } from '../../../../client/kiosk/counter/state.ts';
import {
  household,
  type Id,
  IDS,
  pointsShort,
  problem,
  redemption,
  refused,
  shiftOver,
} from './shop-of-three.ts';

/** A row as the page or the disk has it. */
export interface Row {
  readonly owed: Owed;
  readonly number: number;
  readonly atMs: number;
  readonly done: 'here' | 'server' | 'given_up' | null;
  readonly answer: Answer | null;
}

type Answer = Extract<RowResult, { is: 'booked' | 'refused' }>;
type Redeem = Row & { readonly owed: Owed & { kind: 'kiosk.redeem' } };

/** The amounts of the village, small enough to be reached. */
export const HOUSEHOLD_MOST = 900;
export const COUNTER_MOST = 800;
/** Household A had so much today at another counter. */
export const HAD_ELSEWHERE = 400;
/** It is the own household of whoever is on duty, and the copy knows it. */
export const OWN_HOUSEHOLD: Id = 'C';
const DAY_MS = 86_400_000;

const NO = [pointsShort, problem('redemption.pin_needed'), problem('redemption.absent'), shiftOver];

/** The server's side of the rows. It books each key once, and answers the same again. */
export class ModelServer {
  /** Bookings by key, with the number of their entry. */
  readonly booked = new Map<
    string,
    { readonly text: string; readonly entry: number; readonly owed: Owed; readonly atMs: number }
  >();
  /** Rows that were given up after they had been booked: the desk sees to them. */
  readonly marked = new Set<string>();
  private readonly givenUp = new Set<string>();
  private readonly refusals = new Map<string, Answer>();

  /** `isStrict`: no rule says no any more. */
  take({ owed, done, atMs }: Row, draw: (below: number) => number, isStrict: boolean): Answer {
    const text = JSON.stringify([owed.kind, owed.content]);
    const known = this.booked.get(owed.key);
    if (known && known.text !== text)
      throw new Error(`a key is in one row with one content: ${known.text} ${text}`);
    if (done === 'given_up') {
      this.givenUp.add(owed.key);
      if (known) this.marked.add(owed.key);
      return refused(problem('redemption.given_up')) as Answer;
    }
    if (known) return this.answer(owed, known.atMs);
    if (done === null) {
      const before = this.refusals.get(owed.key);
      if (before) return before;
      const isOver =
        this.givenUp.has(owed.key) || (owed.kind === 'kiosk.undo' && !this.isStanding(owed.content.undoes));
      // The device's own word on a card counts once the goods are gone, and never where the row asks.
      if (isCopied(owed)) {
        const no = refused(problem('redemption.absent')) as Answer;
        this.refusals.set(owed.key, no);
        return no;
      }
      if (isOver || (!isStrict && draw(5) === 0)) {
        const no = refused(NO[draw(NO.length)] ?? pointsShort) as Answer;
        this.refusals.set(owed.key, no);
        return no;
      }
    }
    this.booked.set(owed.key, { text, entry: this.booked.size + 1, owed, atMs });
    return this.answer(owed, atMs);
  }

  answer(owed: Owed, atMs: number): Answer {
    const key = owed.kind === 'kiosk.undo' ? owed.content.undoes : owed.key;
    const who = IDS.find((id) => household(id).number === owed.content.householdNumber) ?? 'A';
    const undone = !this.isStanding(key);
    const receipt = redemption(`r-${key}`, who, {
      bookedAtMs: atMs,
      undone,
      journalNumber: this.booked.get(key)?.entry ?? 0,
    });
    return { is: 'booked', receipt: { ...receipt, points: owed.content.points } };
  }

  isStanding(key: string): boolean {
    const undos = [...this.booked.values()].map(({ owed }) =>
      owed.kind === 'kiosk.undo' ? owed.content.undoes : null,
    );
    return this.booked.has(key) && !undos.includes(key);
  }

  /** Points that a household was booked on this day, up to an entry. */
  spent(id: Id, nowMs: number, upTo = Number.POSITIVE_INFINITY): number {
    return [...this.booked.values()].reduce((sum, { owed, entry, atMs }) => {
      const isIts = owed.kind === 'kiosk.redeem' && owed.content.householdId === id;
      return isIts && entry <= upTo && isSameDay(atMs, nowMs) ? sum + owed.content.points : sum;
    }, 0);
  }
}

/** The outbox of the counter: the rows of the page, those on the disk, and their way to the server. */
export class ModelOutbox {
  readonly server = new ModelServer();
  /** Rows as the page knows them. */
  rows = new Map<string, Row>();
  /** Rows on the disk. */
  disk = new Map<string, Row>();
  /** The page does not know whether they are on the disk. */
  unsure = new Set<string>();
  private stragglers: Row[] = [];
  private readonly draw: (below: number) => number;

  constructor(draw: (below: number) => number) {
    this.draw = draw;
  }

  /** A row that was told not recorded and is there all the same is given up. */
  lookAgain(): void {
    for (const key of this.unsure) {
      const row = this.disk.get(key);
      if (row) this.put({ ...row, done: 'given_up', answer: null });
    }
    this.unsure.clear();
  }

  keep(
    { owed, how }: Extract<Effect, { do: 'keepRow' }>,
    atMs: number,
  ): { isKept: boolean; rowNumber: number } {
    this.lookAgain();
    const row = { owed: structuredClone(owed), number: this.disk.size + 1, atMs, done: how, answer: null };
    const chance = this.draw(12);
    if (chance === 0) return { isKept: false, rowNumber: 0 };
    if (chance === 1) {
      this.disk.set(owed.key, row);
      this.unsure.add(owed.key);
      return { isKept: false, rowNumber: 0 };
    }
    this.put(row);
    return { isKept: true, rowNumber: row.number };
  }

  note({ key, how }: Extract<Effect, { do: 'noteEnd' }>): { isKept: boolean; rowNumber: number } {
    const row = this.rows.get(key);
    // The first mark is final.
    if (row && row.done !== null) return { isKept: row.done === how, rowNumber: row.number };
    const chance = this.draw(10);
    if (!row || chance === 0) return { isKept: false, rowNumber: 0 };
    const noted = { ...row, done: how, answer: null };
    if (chance === 1) {
      this.disk.set(key, noted);
      return { isKept: false, rowNumber: 0 };
    }
    this.put(noted);
    return { isKept: true, rowNumber: row.number };
  }

  /** Null: it is not known yet. */
  resultOf(key: string): RowResult | null {
    const row = this.rows.get(key);
    if (!row) return { is: 'gone' };
    if (row.done === 'here' || row.done === 'given_up') return { is: 'ended', how: row.done };
    return row.answer;
  }

  /** Sends the first rows that have no answer. `isStrict`: nothing is lost, and no rule says no. */
  deliver(mayAsk: boolean, isStrict: boolean): void {
    const open = [...this.rows.values()].filter(({ answer }) => answer === null);
    const held = mayAsk ? -1 : open.findIndex(({ done }) => done === null);
    const batch = (held < 0 ? open : open.slice(0, held)).slice(0, 3);
    const way = isStrict ? 9 : this.draw(8);
    if (way === 0) this.stragglers.push(...batch);
    if (way === 0) return;
    const answers = batch.map((row) => this.server.take(row, this.draw, isStrict));
    if (way === 1) return;
    batch.forEach((row, index) => {
      const answer = answers[index] ?? null;
      const done = row.done === null && answer?.is === 'booked' ? 'server' : row.done;
      this.rows.set(row.owed.key, { ...row, done, answer });
      if (isStrict || this.draw(6) > 0) this.disk.set(row.owed.key, { ...row, done, answer });
    });
  }

  /** A request that was lost comes to the server after all. */
  arriveLate(): void {
    const [late] = this.stragglers.splice(0, 1);
    if (late) this.server.take(late, this.draw, false);
  }

  restart(): void {
    this.rows = new Map([...this.disk].sort(([, a], [, b]) => a.number - b.number));
    this.unsure = new Set();
  }

  owed(): Owed[] {
    return this.asking().map(({ owed }) => owed);
  }

  /** Rows without an answer of which nobody knows what became; not those that were taken back. */
  asking(): Row[] {
    return [...this.rows.values()].filter(
      ({ owed, done, answer }) => done === null && answer === null && !this.isTakenBack(owed.key),
    );
  }

  limits(nowMs: number): WithoutNetwork {
    const own = (id: string, counts: (row: Row) => boolean) =>
      pointsOf(
        this.redeems().filter(
          (row) => row.owed.content.householdId === id && isSameDay(row.atMs, nowMs) && counts(row),
        ),
      );
    return {
      household: HOUSEHOLD_MOST,
      left: Math.max(0, COUNTER_MOST - pointsOf(this.standing())),
      spentHere: (id) => own(id, isUnsent),
      bookedHere: (id) => own(id, ({ answer }) => answer?.is === 'booked'),
      isOwn: (id) => id === OWN_HOUSEHOLD,
    };
  }

  /** Handed out here, not undone, and not booked yet. */
  standing(): Redeem[] {
    const undone = new Set(
      [...this.rows.values()].flatMap(({ owed, ...row }) =>
        owed.kind === 'kiosk.undo' && isUnsent(row) ? [owed.content.undoes] : [],
      ),
    );
    return this.redeems().filter((row) => isUnsent(row) && !undone.has(row.owed.key));
  }

  isTakenBack(key: string): boolean {
    return [...this.rows.values()].some(
      ({ owed, done, answer }) =>
        owed.kind === 'kiosk.undo' &&
        owed.content.undoes === key &&
        (done === 'here' || answer?.is === 'booked'),
    );
  }

  redeems(): Redeem[] {
    return [...this.rows.values()].filter((row): row is Redeem => row.owed.kind === 'kiosk.redeem');
  }

  private put(row: Row): void {
    this.rows.set(row.owed.key, row);
    this.disk.set(row.owed.key, row);
  }
}

function isCopied({ kind, content }: Owed): boolean {
  return kind === 'kiosk.redeem' && content.presence !== null && 'cardIssuedAtMs' in content.presence;
}

export function isUnsent({ done, answer }: Pick<Row, 'done' | 'answer'>): boolean {
  return done === 'here' && answer === null;
}

export function pointsOf(rows: readonly Redeem[]): number {
  return rows.reduce((sum, { owed }) => sum + owed.content.points, 0);
}

export function isSameDay(a: number, b: number): boolean {
  return Math.floor(a / DAY_MS) === Math.floor(b / DAY_MS);
}
