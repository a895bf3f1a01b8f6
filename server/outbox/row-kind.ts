import type { z } from 'zod';
import type { Mark } from '../../shared/outbox/mark-words.ts';
import type { DoneMark } from '../../shared/outbox/row.ts';
import type { DraftAt } from '../at.ts';
import type { Call } from '../commands/index.ts';
import type { VillageContext } from '../http/index.ts';
import type { StoredRow } from './outbox-rows.ts';

/** When and on which device a row was made. The key of the row is the idempotency key of its entry. */
export interface RowAt extends DraftAt {
  readonly village: VillageContext;
  readonly deviceId: string;
  readonly number: number;
  /** The kiosk of the device's key. */
  readonly kioskId: string;
  readonly shiftId: string;
  /** When the person confirmed it, by the server's clock. */
  readonly madeAtMs: number;
  /** When it came here. */
  readonly receivedAtMs: number;
  /** How it was done; null: it asks, and nothing has happened at the counter. */
  readonly done: Exclude<DoneMark['how'], 'given_up'> | null;
  /** The day it counts on, YYYY-MM-DD. `today` of what is decided by it. */
  readonly today: string;
  /** The row that it is about; null: that one has not come. */
  readonly followed: StoredRow | null;
  /** The marks that come from the device and from the way of the row. */
  readonly marks: readonly Mark[];
}

/** The outcome of a row. */
export interface RowOutcome {
  readonly answer: 'booked' | 'late' | 'waiting';
  /** Null: nothing had to be booked. */
  readonly entry: number | null;
  /** The id of what it made, for a row that follows it: a redemption. */
  readonly thing: string | null;
  readonly marks: readonly Mark[];
  /** Shown on the device; it is not kept. */
  readonly receipt: Readonly<Record<string, unknown>> | null;
}

/** A row before it has not come yet. */
export const NOT_YET: RowOutcome = { answer: 'waiting', entry: null, thing: null, marks: [], receipt: null };

/** One kind of row, declared by the domain that books it. */
export interface RowKind<Body = unknown> {
  readonly kind: string;
  readonly body: z.ZodType<Body>;
  readonly householdOf: (body: Body) => string | null;
  /** The hundredths of a point that it hands out, if it was done without an answer. */
  readonly amountOf?: (body: Body) => number;
  /** The key of the row that this one is about; it is answered before. Null: it is about none of its device. */
  readonly follows?: (body: Body) => string | null;
  /**
   * Throws a refusal where the row asks and a rule says no, or where it cannot be booked at all. A row that was done is booked whatever rule stands against it, and the outcome names those rules.
   */
  readonly carryOut: (body: Body, at: RowAt) => Call<RowOutcome>;
}

/** Declares a kind of row; the type of its body stays between its own functions. */
export function rowKind<Body>(kind: RowKind<Body>): RowKind {
  return kind as unknown as RowKind;
}
