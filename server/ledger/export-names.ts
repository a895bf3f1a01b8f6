import { createHash } from 'node:crypto';
import { formatFen } from '../../shared/points.ts';
import { CNY, POINT } from './accounts.ts';
import type { AccountKind, AccountRef } from './types.ts';

/**
 * Names that other accounting programs take. They follow from the id alone, so that every export of a book
 * calls the same thing the same; what people call it stands beside it.
 */

const SECTIONS: Readonly<Record<AccountKind, string>> = {
  household: 'Assets:Household',
  held: 'Assets:Held',
  shelf: 'Assets:Shelf',
  stock: 'Assets:Stock',
  issued: 'Equity:Issued',
  opening: 'Equity:Opening',
  supplier: 'Equity:Supplier',
  funding: 'Equity:Funding',
  deducted: 'Expenses:Deducted',
  redeemed: 'Expenses:Redeemed',
  lapsed: 'Expenses:Lapsed',
  given: 'Expenses:Given',
  adjusted: 'Expenses:Adjusted',
  cost: 'Expenses:Cost',
};

/** Assets:Household:018f2b3c-…; the village's own accounts have no third part. */
export function accountName({ kind, ownerId }: AccountRef): string {
  return ownerId === 'village' ? SECTIONS[kind] : `${SECTIONS[kind]}:${ownerPart(ownerId)}`;
}

/** beancount wants a capital or a digit first, and no underscore. No two ids give one name. */
function ownerPart(ownerId: string): string {
  if (/^[0-9A-WYZ][A-Za-z0-9-]*$/.test(ownerId)) return ownerId;
  return `X-${ownerId.replaceAll('-', '--').replaceAll('_', '-u')}`;
}

/** POINT, CNY, or SKU- and 16 letters of the SHA-256 of the goods' id: a beancount commodity has 24 letters at most. */
export function commodityName(unit: string): string {
  return unit === POINT || unit === CNY ? unit : `SKU-${letters(unit)}`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function letters(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  return Array.from(digest.subarray(0, 16), (byte) => ALPHABET.charAt(byte % 32)).join('');
}

/** A decimal that says exactly what is booked: hundredths of a point and fen with two decimals, pieces whole. */
export function decimal(unit: string, amount: number): string {
  return unit === POINT || unit === CNY ? formatFen(amount) : String(amount);
}

/** Free text on one line, without control characters. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
