import { addressForAll, isOnlyHere } from '../../../shared/address/address.ts';
import type { AddressStanding } from '../parts/useAddress.ts';

export interface OfferedAddress {
  readonly origin: string;
  readonly kind: AddressStanding['offered'][number]['kind'] | 'opened';
}

/** The addresses to choose from, the safest first: a name, then the one this desk was opened at, then the machine's own. */
export function offeredAddresses({ offered }: AddressStanding, openedAt: string): OfferedAddress[] {
  const origins = offered.map(({ origin }) => origin);
  const opened = addressForAll(openedAt, origins);
  const isNew = !isOnlyHere(opened) && !origins.includes(opened);
  const named = offered.filter(({ kind }) => kind === 'named');
  const own = offered.filter(({ kind }) => kind !== 'named');
  return [...named, ...(isNew ? [{ origin: opened, kind: 'opened' as const }] : []), ...own];
}

/** Numbers of a private network lead nowhere from outside it; a name may. */
export function isOfVillageNetwork(origin: string): boolean {
  const { hostname } = new URL(origin);
  return (
    /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(hostname) ||
    !hostname.includes('.') ||
    /\.(lan|local|home|internal)$/.test(hostname)
  );
}
