import { createHash } from 'node:crypto';
import { formatFen } from '../../shared/points.ts';
import { type AccountRef, BOOK_ITSELF, CNY, itemOf, POINT } from './account-kind.ts';
import { accountKindOf, type LedgerKinds } from './kind-registry.ts';

/**
 * Names that other accounting programs take. They follow from the account alone, so that every export of a book
 * calls the same thing the same. The names that people know stand beside them.
 */

/**
 * Makes Section:Kind:018f2b3c-…. Accounts of the book itself have no third part, those of an owner of many items a
 * fourth.
 */
export function accountName(kinds: LedgerKinds, { kind, ownerId, unit }: AccountRef): string {
  const section = accountKindOf(kinds, kind)?.section ?? 'equity';
  const parts = [capital(section), capital(kind).replaceAll('_', '-')];
  if (ownerId !== BOOK_ITSELF) parts.push(idPart(ownerId));
  const item = itemOf(unit);
  if (item !== null && item !== ownerId) parts.push(idPart(item));
  return parts.join(':');
}

/** beancount wants a capital or a digit first, and no underscore. Two ids never give one name. */
function idPart(id: string): string {
  if (/^[0-9A-WYZ][A-Za-z0-9-]*$/.test(id)) return id;
  return `X-${id.replaceAll('-', '--').replaceAll('_', '-u')}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/**
 * Makes POINT, CNY, or SKU- and 16 letters of the SHA-256 of the item's id: a beancount commodity has 24 letters
 * at most.
 */
export function commodityName(unit: string): string {
  return unit === POINT || unit === CNY ? unit : `SKU-${letters(unit)}`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function letters(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  return Array.from(digest.subarray(0, 16), (byte) => ALPHABET.charAt(byte % 32)).join('');
}

/** Writes exactly the booked amount: hundredths of a point and fen with two decimals, pieces whole. */
export function decimal(unit: string, amount: number): string {
  return unit === POINT || unit === CNY ? formatFen(amount) : String(amount);
}

/** Puts free text on one line, without control characters. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
