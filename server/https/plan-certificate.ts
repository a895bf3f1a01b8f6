import type { X509Certificate } from 'node:crypto';
import type { Authority } from './https-files.ts';
import {
  beginOf,
  boundsFor,
  endOf,
  type Identity,
  isWithin,
  type Issuing,
  makeAuthority,
  makeCertificate,
  namesOf,
} from './issue-certificates.ts';

const DAY_MS = 86_400_000;
/** A renewal well before the end leaves time to notice that it failed. */
export const RENEW_BEFORE_MS = 90 * DAY_MS;

export interface Present {
  readonly authority: Authority | null;
  /** The certificate that was made here. */
  readonly own: X509Certificate | null;
}

export interface Plan {
  /** Null: the authority there is goes on, so devices that trust it do. */
  readonly newAuthority: Authority | null;
  readonly certificate: Identity;
  readonly names: readonly string[];
}

/** Names that the authority may not speak for: browsers would refuse the whole certificate. */
export function namesBeyond(authority: Authority | null, names: readonly string[]): string[] {
  return authority === null ? [] : names.filter((name) => !isWithin(name, authority.bounds));
}

/**
 * Makes what is missing, ended or too small; null if the certificate there is will do. Nothing is made by an authority
 * that has ended, nor by a clock that is behind its beginning and so must be wrong.
 */
export function planCertificate(
  { authority, own }: Present,
  wanted: readonly string[],
  called: string,
  issuing: Issuing,
): Plan | null {
  if (authority && !isInForce(authority, issuing.nowMs)) return null;
  const by = authority ?? newAuthority(called, wanted, issuing);
  const names = wanted.filter((name) => isWithin(name, by.bounds));
  if (authority && own && !needsRenewal(authority, own, names, issuing.nowMs)) return null;
  return {
    newAuthority: authority === null ? by : null,
    certificate: makeCertificate(by, names, issuing),
    names,
  };
}

function isInForce({ certificate }: Authority, nowMs: number): boolean {
  return beginOf(certificate) <= nowMs && nowMs < endOf(certificate);
}

function newAuthority(called: string, names: readonly string[], issuing: Issuing): Authority {
  const bounds = boundsFor(names);
  return { ...makeAuthority(called, bounds, issuing), bounds };
}

function needsRenewal(
  authority: Authority,
  certificate: X509Certificate,
  names: readonly string[],
  nowMs: number,
): boolean {
  const isOfAnother = !certificate.verify(authority.certificate.publicKey);
  const had = namesOf(certificate);
  const lacksName = names.some((name) => !had.includes(name));
  // Made by a clock that was ahead.
  const isAhead = beginOf(certificate) > nowMs;
  // No certificate outlasts its authority: near that one's end a new certificate would be no better.
  const isEnding =
    endOf(certificate) - nowMs < RENEW_BEFORE_MS &&
    endOf(certificate) + DAY_MS <= endOf(authority.certificate);
  return isOfAnother || lacksName || isAhead || isEnding;
}
