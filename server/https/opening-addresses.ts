import { addressOf } from '../../shared/address/address.ts';
import type { VillageSettings } from '../../shared/village/settings.ts';
import type { HttpsView } from './https-view.ts';

/** The addresses at which the shop's devices open this server. */
export interface OpeningAddresses {
  /** The village's own, as on cards; null: none was chosen or set. */
  readonly plain: string | null;
  /** The same host by https; null: https is not served for it. */
  readonly secure: string | null;
}

interface HttpsNow {
  readonly view: Pick<HttpsView, 'names'>;
  readonly port: number | null;
}

export function openingAddresses(
  settings: Pick<VillageSettings, 'address'>,
  publicUrl: string,
  https: HttpsNow,
): OpeningAddresses {
  const address = addressOf(settings, publicUrl);
  if (address === '') return { plain: null, secure: null };
  const { protocol, origin, hostname } = new URL(address);
  if (protocol === 'https:') return { plain: origin, secure: origin };
  const isServed = https.port !== null && isNamed(hostname, https.view.names);
  return { plain: origin, secure: isServed ? new URL(`https://${hostname}:${https.port}`).origin : null };
}

function isNamed(hostname: string, names: readonly string[]): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const [, ...domain] = host.split('.');
  return names.some((name) => name === host || name === `*.${domain.join('.')}`);
}
