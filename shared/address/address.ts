import type { ChosenAddress } from '../village/settings.ts';

/** The address at which others reach this server: what the village chose, else what was set at the server; '' if neither. */
export function addressOf(settings: { readonly address: ChosenAddress | null }, publicUrl: string): string {
  return settings.address?.origin ?? publicUrl.replace(/\/+$/, '');
}

/** True if only the machine itself can open the address. */
export function isOnlyHere(address: string): boolean {
  const name = new URL(address).hostname;
  return /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$/.test(name) || name.endsWith('.localhost');
}

/** The address as it is kept, without a path; null if it is no address of a page. */
export function originOf(text: string): string | null {
  if (!/^https?:\/\/[^/?#@\s]+\/?$/i.test(text) || !URL.canParse(text)) return null;
  const { origin, hostname } = new URL(text);
  return hostname === '' ? null : origin;
}

/**
 * The address for everybody, of a page that may have been opened by https on a port of its own, as the shop's and the office's
 * devices do. Cards and households' phones take plain http on the same host. Behind a proxy https has no port, and stays.
 */
export function addressForAll(openedAt: string, offered: readonly string[]): string {
  const { protocol, hostname, port } = new URL(openedAt);
  const plain = offered.find((origin) => origin.startsWith('http:'));
  if (protocol !== 'https:' || port === '' || plain === undefined) return openedAt;
  return new URL(`http://${hostname}:${new URL(plain).port}`).origin;
}
