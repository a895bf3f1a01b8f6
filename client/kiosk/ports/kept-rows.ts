import type { BasketLine } from '../basket.ts';
import type { Basket, Presence } from '../counter/state.ts';

/**
 * Copies the counter's baskets field by field: whatever else the screen knows of a household stays off the disk.
 * They are read back whole or not at all.
 */

export function basketRow({
  key,
  householdId,
  householdNumber,
  lines,
  changedAtMs,
  presence,
}: Basket): Basket {
  const rest = { lines: linesRow(lines), changedAtMs, presence: presenceRow(presence) };
  return { key, householdId, householdNumber, ...rest };
}

/** Null also for a row of an older version, which has none, and for one that cannot be read: the card is shown again. */
function presenceRow(presence: Presence | null | undefined): Presence | null {
  if (!has(presence, { token: 'string', how: 'string', expiresAtMs: 'number' })) return null;
  const { token, how, expiresAtMs, cardIssuedAtMs } = presence;
  const copied = typeof cardIssuedAtMs === 'number' ? { cardIssuedAtMs } : {};
  return { token, how, expiresAtMs, ...copied };
}

function linesRow(lines: readonly BasketLine[]): BasketLine[] {
  return lines.map(({ goodsId, quantity }) => ({ goodsId, quantity }));
}

/** Null for a basket that is missing, broken, or left by another version of the program. No basket here was sent. */
export function readBasket(row: unknown): Basket | null {
  if (!has(row, { key: 'string', householdId: 'string', householdNumber: 'string', changedAtMs: 'number' }))
    return null;
  return areLines(row.lines) ? basketRow(row as unknown as Basket) : null;
}

function areLines(lines: unknown): boolean {
  return (
    Array.isArray(lines) &&
    lines.length > 0 &&
    lines.every((line) => has(line, { goodsId: 'string' }) && Number.isInteger(line.quantity))
  );
}

function has(
  value: unknown,
  types: Readonly<Record<string, 'string' | 'number'>>,
): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const record = value as Record<string, unknown>;
  return Object.entries(types).every(([name, type]) => typeof record[name] === type);
}
