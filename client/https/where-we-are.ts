import { isOnlyHere } from '../../shared/address/address.ts';
import type { AnswerOf } from '../api/index.ts';

export type HttpsStanding = AnswerOf<'https.get'>;

/**
 * The page's part at the address where it was opened. `trial`: it is https or the server's own computer, so the device is tried.
 * `steps`: plain http, and https is ready at `secure`. Otherwise the reason why somebody must go to the server first.
 */
export type Place =
  | { readonly is: 'trial' }
  | { readonly is: 'steps'; readonly secure: string }
  | { readonly is: 'missing' | 'closed' | 'broken' | 'moved' };

export function placeOf(
  {
    origin,
    protocol,
    hostname,
    port: plainPort,
  }: Pick<Location, 'origin' | 'protocol' | 'hostname' | 'port'>,
  { port, source, names }: HttpsStanding,
): Place {
  if (protocol === 'https:' || isOnlyHere(origin)) return { is: 'trial' };
  if (source === 'none') return { is: 'missing' };
  if (source === 'broken') return { is: 'broken' };
  if (port === null) return { is: 'closed' };
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  if (!names.some((name) => covers(name, host))) return { is: 'moved' };
  const back = plainPort === '' ? '80' : plainPort;
  return { is: 'steps', secure: `https://${hostname}:${port}/https?plain=${back}` };
}

/** The plain address from which a device came here to be tried; null if nobody said it. */
export function wayBack({ hostname, search }: Pick<Location, 'hostname' | 'search'>): string | null {
  const port = new URLSearchParams(search).get('plain') ?? '';
  return /^\d{1,5}$/.test(port) ? `http://${hostname}:${port}/https` : null;
}

function covers(name: string, host: string): boolean {
  if (!name.startsWith('*.')) return name.toLowerCase() === host;
  return host.slice(host.indexOf('.') + 1) === name.slice(2).toLowerCase();
}
