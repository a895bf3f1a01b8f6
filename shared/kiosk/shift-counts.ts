import { z } from 'zod';
import { id, instantMs, line } from '../fields.ts';
import { COUNT_REASONS, type CountReason } from './count-reasons.ts';

/** An item as a volunteer counted it at the shelf. */
export interface CountedLine {
  readonly goodsId: string;
  readonly name: string;
  readonly unit: string;
  /** Null: it was not counted. */
  readonly counted: number | null;
  /** Pieces by the book when the count was kept. */
  readonly booked: number;
  /** Pieces by the book as the screen showed them; null: the screen did not know. */
  readonly shown: number | null;
  readonly reason: CountReason | null;
  readonly remark: string;
}

const pieces = z.int().min(0).max(99_999);

/** An item that was counted or left out, as a device sends it. */
export const countedItem = z.object({
  goodsId: id,
  counted: pieces.nullable().describe('Pieces on the shelf; null: not counted'),
  shown: z
    .int()
    .min(-99_999)
    .max(99_999)
    .nullable()
    .describe('Pieces by the book, as the screen showed them'),
  reason: z.enum(COUNT_REASONS).nullable().default(null),
  remark: line(60).default(''),
});

/** The counts of a shift's beginning or end, each item once. */
export const countedItems = z
  .array(countedItem)
  .min(1)
  .max(20)
  .refine((items) => new Set(items.map(({ goodsId }) => goodsId)).size === items.length)
  .refine((items) => items.some(({ counted }) => counted !== null))
  .describe('Each item once, and at least one of them counted. A count moves no stock');

/** A count as the kiosk and the desk show it. */
export const countedLine = z.object({
  goodsId: id,
  name: z.string(),
  unit: z.string(),
  counted: z.int().nullable().describe('Null: not counted'),
  booked: z.int().describe('By the book when the count was kept'),
  shown: z.int().nullable().describe('By the book as the screen showed it; null: not known'),
  reason: z.enum(COUNT_REASONS).nullable(),
  remark: z.string(),
});

export const shiftCount = z.object({
  id,
  shiftId: id,
  kiosk: z.string(),
  volunteer: z.string(),
  takenAtMs: instantMs,
  withoutNetwork: z.boolean().describe('The server heard of it later, and compared it with the book of then'),
  lines: z.array(countedLine).describe('Empty: agreed with what the shift before had counted'),
});
