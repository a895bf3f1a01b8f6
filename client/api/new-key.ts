import { v7 } from 'uuid';

/**
 * Mints the key of one intent. Make it when the intent begins, and send the same one again when asking again. Keys sort by
 * the time they were minted (UUIDv7, RFC 9562), so that the database puts new ones next to each other; they are written
 * without hyphens.
 */
export function newKey(): string {
  return v7().replaceAll('-', '');
}
