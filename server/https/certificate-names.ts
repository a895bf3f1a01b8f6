import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

export interface NameSources {
  /** The name that this computer gives itself. */
  readonly hostName: string;
  /** The addresses of this computer now, the likeliest first. */
  readonly own: readonly string[];
  /** Hosts that villages chose or the settings name. */
  readonly chosen: readonly string[];
  /** Names that somebody asked for. */
  readonly asked?: readonly string[];
  /** The names of the certificate before: whoever knows the server by one goes on. */
  readonly before: readonly string[];
}

const HERE = ['localhost', '127.0.0.1', '::1'];
/** A laptop that sees many networks collects addresses; the oldest are left out. */
const ADDRESSES_MAX = 16;
const NAMES_MAX = 40;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The names that a certificate of this computer should have. */
export function wantedNames({ hostName, own, chosen, asked = [], before }: NameSources): string[] {
  const host = cleanName(hostName);
  // Phones and tablets find a computer of the network by this name.
  const called =
    host === null || isIP(host) !== 0 ? [] : host.includes('.') ? [host] : [host, `${host}.local`];
  const all = [...HERE, ...called, ...asked, ...chosen, ...own, ...before]
    .map(cleanName)
    .filter((name) => name !== null);
  const unique = [...new Set(all)];
  const names = unique.filter((name) => isIP(name) === 0).slice(0, NAMES_MAX);
  const addresses = unique.filter((name) => isIP(name) !== 0).slice(0, ADDRESSES_MAX);
  return [...names, ...addresses];
}

/** A name or number as certificates write it; null if it is neither. */
export function cleanName(text: string): string | null {
  const bare = text.trim().replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) === 4) return bare;
  if (isIP(bare) === 6) return new URL(`http://[${bare.split('%')[0] ?? ''}]`).hostname.slice(1, -1);
  const name = domainToASCII(bare.replace(/\.$/, '')).toLowerCase();
  const labels = name.split('.');
  return name.length <= 253 && labels.every((label) => LABEL.test(label)) ? name : null;
}
