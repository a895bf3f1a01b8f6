import { ipKeyGenerator } from 'express-rate-limit';

/** The part of an IPv6 address that a provider gives to one customer's line. The customer chooses the rest freely. */
const LINE_BITS = 56;

/** The name under which callers at an address are counted. An IPv4 address written as IPv6 counts as itself. */
export function addressKey(address: string | undefined): string {
  return ipKeyGenerator(address ?? '', LINE_BITS);
}
