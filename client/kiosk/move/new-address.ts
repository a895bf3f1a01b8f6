import { isOnlyHere } from '../../../shared/address/address.ts';
import type { StationState } from '../composables/station.ts';

export type OpensAt = StationState['opensAt'];

/** The addresses as this page heard them first, and as it heard them last. */
export interface HeardAddresses {
  readonly first: OpensAt;
  readonly last: OpensAt;
}

/** `changed`: the village has another address now. `secure`: the same village is there by https. */
export interface NewAddress {
  readonly origin: string;
  readonly why: 'changed' | 'secure';
}

type Page = Pick<Location, 'origin' | 'protocol'>;

/** The address at which this page would better be opened; null: it is at the right one. */
export function newAddress(page: Page, { first, last }: HeardAddresses): NewAddress | null {
  // The server's own computer needs none.
  if (isOnlyHere(page.origin)) return null;
  const target = targetOf(page, last);
  if (target !== null && target !== page.origin && target !== targetOf(page, first))
    return { origin: target, why: 'changed' };
  if (page.protocol === 'https:' || last.secure === null) return null;
  return { origin: last.secure, why: 'secure' };
}

/** A page that came by https goes on by https. */
function targetOf({ protocol }: Page, { plain, secure }: OpensAt): string | null {
  return protocol === 'https:' ? secure : plain;
}

const NAME = 'jishan.kiosk.opens-at';

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

/** Reads the addresses heard so far, also before this opening of the page: the server may have gone to its new address since. */
export function heardAddresses(storage: Kept): HeardAddresses | null {
  try {
    const kept = JSON.parse(storage.getItem(NAME) ?? 'null') as HeardAddresses | null;
    return kept !== null && isHeard(kept.first) && isHeard(kept.last) ? kept : null;
  } catch {
    return null;
  }
}

export function noteAddresses(storage: Kept, last: OpensAt): HeardAddresses {
  const before = heardAddresses(storage);
  const heard = { first: before?.first ?? last, last };
  if (JSON.stringify(heard) !== JSON.stringify(before)) storage.setItem(NAME, JSON.stringify(heard));
  return heard;
}

/** Somebody stays at this address: the change is no news any more. */
export function stayHere(storage: Kept, { last }: HeardAddresses): HeardAddresses {
  const heard = { first: last, last };
  storage.setItem(NAME, JSON.stringify(heard));
  return heard;
}

function isHeard(value: Partial<OpensAt> | undefined): boolean {
  return [value?.plain, value?.secure].every((one) => one === null || typeof one === 'string');
}
