import type { IncomingMessage } from 'node:http';

/** A name or an address, with or without a port. */
const HOST = /^(?:\[[0-9a-f:.]+\]|[^\s/\\?#@,[\]:]*)(?::\d{0,5})?$/i;

/**
 * Whether a head can be read in more than one way, so that somebody in front of this server may have understood
 * another request. Node's parser refuses most of what RFC 9112 forbids; this is the rest.
 */
export function isAmbiguous({ rawHeaders, headers, httpVersion, url = '' }: IncomingMessage): boolean {
  const { host = '', 'transfer-encoding': coding } = headers;
  const hosts = rawHeaders.filter((text, index) => index % 2 === 0 && /^host$/i.test(text)).length;
  if (hosts > 1 || !HOST.test(host)) return true;
  if (!url.startsWith('/') && url !== '*' && hostOf(url) !== host) return true;
  // HTTP/1.0 has no transfer codings; of those of HTTP/1.1 we read only `chunked`.
  if (coding !== undefined && (httpVersion !== '1.1' || coding.toLowerCase() !== 'chunked')) return true;
  return httpVersion !== '1.1' && httpVersion !== '1.0';
}

/** The host of an address that is given whole; null where it is none. */
function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
