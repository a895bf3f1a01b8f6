import { addressOf } from '../../shared/address/address.ts';
import type { VillageSettings } from '../../shared/village/settings.ts';
import { isPrivate } from './own-addresses.ts';

/** The village's address, how it stands, and the addresses it may choose from. */
export function addressState(
  { address: chosen }: Pick<VillageSettings, 'address'>,
  publicUrl: string,
  own: readonly string[],
) {
  const address = addressOf({ address: chosen }, publicUrl);
  const named = publicUrl === '' ? [] : [new URL(publicUrl).origin];
  return {
    address: address === '' ? null : address,
    chosen,
    state: stateOf({ address: chosen }, publicUrl, own),
    now: own[0] ?? null,
    offered: [
      ...named.map((origin) => ({ origin, kind: 'named' as const })),
      ...own
        .filter((origin) => !named.includes(origin))
        .map((origin) => ({
          origin,
          kind: isPrivate(new URL(origin).hostname) ? ('village' as const) : ('other' as const),
        })),
    ],
  };
}

function stateOf(
  { address: chosen }: Pick<VillageSettings, 'address'>,
  publicUrl: string,
  own: readonly string[],
): 'none' | 'unkept' | 'gone' | 'good' {
  if (chosen === null) return publicUrl === '' ? 'none' : 'good';
  if (!chosen.isOwn) return 'good';
  if (hasMoved(chosen.origin, own)) return 'gone';
  return chosen.isKept ? 'good' : 'unkept';
}

/** True if the machine has the address no more. The port may differ: a proxy may stand before it. */
function hasMoved(origin: string, own: readonly string[]): boolean {
  return !hostsOf(own).includes(new URL(origin).hostname);
}

export function hostsOf(origins: readonly string[]): string[] {
  return origins.map((origin) => new URL(origin).hostname);
}

/** The address that a village chose, for whoever starts the server. */
export interface VillageAddress {
  readonly village: string;
  readonly address: string;
  readonly isGone: boolean;
}

/** The village's address in a list; an empty one if it chose none. */
export function villageAddress(
  { name, settings }: { readonly name: string; readonly settings: Pick<VillageSettings, 'address'> },
  own: readonly string[],
): VillageAddress[] {
  const { address } = settings;
  if (address === null) return [];
  return [{ village: name, address: address.origin, isGone: movedAddress(settings, own) !== null }];
}

/** The address that the machine lost and the one it has now; null if nothing changed. */
export function movedAddress(settings: Pick<VillageSettings, 'address'>, own: readonly string[]) {
  const { address } = settings;
  if (address === null || !address.isOwn || !hasMoved(address.origin, own)) return null;
  return { was: address.origin, now: own[0] ?? null };
}
