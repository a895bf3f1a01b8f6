import { isKeptIntent, type KeptIntent } from '../../intent/intent-store.ts';
import type { BasketLine } from '../basket.ts';
import type { Basket, Owed, Presence, RedeemContent, UndoContent } from '../counter/state.ts';

/**
 * Copies the counter's rows field by field: whatever else the screen knows of a household stays off the disk.
 * Rows are read back whole or not at all.
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

export function owedRow(owed: Owed): Owed {
  const { key, about, owner, sentAtMs } = owed;
  if (owed.kind === 'kiosk.undo') {
    const { redemptionId, householdNumber, points, pieces } = owed.content;
    const content: UndoContent = { redemptionId, householdNumber, points, pieces };
    return { key, kind: owed.kind, about, owner, content, sentAtMs };
  }
  const { householdId, householdNumber, lines, expectedPoints, presence, pinProof, vouchProofs } =
    owed.content;
  const content: RedeemContent = {
    householdId,
    householdNumber,
    lines: linesRow(lines),
    expectedPoints,
    presence: presenceRow(presence),
    pinProof,
    vouchProofs: proofsRow(vouchProofs),
  };
  return { key, kind: owed.kind, about, owner, content, sentAtMs };
}

/** Null also for a row of an older version, which has none, and for one that cannot be read: the card is shown again. */
function presenceRow(presence: Presence | null | undefined): Presence | null {
  if (!has(presence, { token: 'string', how: 'string', expiresAtMs: 'number' })) return null;
  const { token, how, expiresAtMs } = presence;
  return { token, how, expiresAtMs };
}

/** None for a row of an older version, which has no such field. */
function proofsRow(proofs: readonly string[] | undefined): string[] {
  return (proofs ?? []).filter((one) => typeof one === 'string');
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

/** Null: a row of the counter's that cannot be read. Undefined: it is somebody else's. */
export function readOwed(row: unknown): Owed | null | undefined {
  if (!isKeptIntent(row)) return null;
  if (row.kind === 'kiosk.redeem') return isRedeem(row.content) ? owedRow(row as Owed) : null;
  if (row.kind === 'kiosk.undo') return isUndo(row.content) ? owedRow(row as Owed) : null;
  return undefined;
}

function isRedeem(content: KeptIntent['content']): boolean {
  return (
    has(content, { householdId: 'string', householdNumber: 'string', expectedPoints: 'number' }) &&
    (content.pinProof === null || typeof content.pinProof === 'string') &&
    areLines(content.lines)
  );
}

function isUndo(content: KeptIntent['content']): boolean {
  return has(content, {
    redemptionId: 'string',
    householdNumber: 'string',
    points: 'number',
    pieces: 'number',
  });
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
