import { z } from 'zod';
import { AMOUNT_MAX } from './points.ts';
import { hasSomethingVisible, hasStraySelector, withoutUnseen } from './visible-text.ts';

/** Building blocks of the contract. Lengths are generous for people and tight for abuse. */

export const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/);
/** An id as this program makes them: they sort by the time they were made, so that a page can begin at one. */
export const pageId = z.string().regex(/^[0-9a-hjkmnp-tv-z]{16}$/);
export const hundredths = z.int().min(-AMOUNT_MAX).max(AMOUNT_MAX).describe('Hundredths of a point');
export const fen = z.int().min(-AMOUNT_MAX).max(AMOUNT_MAX).describe('Fen');
export const pieces = z.int().min(-AMOUNT_MAX).max(AMOUNT_MAX);
export const quantity = z.int().min(1).max(9999);
export const instantMs = z.int().min(0).describe('Milliseconds since 1970-01-01 UTC');
export const day = z.iso.date().describe('Business day in the village’s time zone, YYYY-MM-DD');
export const entryNumber = z.int().min(1);
/** A line of text a person typed: trimmed, without unseen signs, no control characters, no selector that selects nothing. */
export const line = (max: number) =>
  z
    .string()
    .overwrite(withoutUnseen)
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u)
    .refine((text) => !hasStraySelector(text));
/** Such a line with something in it that can be seen: every name is one. */
export const required = (max: number) => line(max).min(1).refine(hasSomethingVisible);
export const pin = z.string().regex(/^\d{6}$/);
export const cardCode = z.string().regex(/^\d{12}(?:\d{8})?$/);
/** By these digits people tell cards apart; they open nothing. */
export const cardLastDigits = z.string().regex(/^\d{4}$/);
export const cursor = z.string().max(200);
export const limit = z.coerce.number().int().min(1).max(200);
export const idParams = z.object({ id });
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: cursor.nullable() });
export const done = z.object({ ok: z.literal(true) });
