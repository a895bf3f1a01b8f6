import { ipKeyGenerator } from 'express-rate-limit';

/** The part of an IPv6 address that names a network. Who is in it chooses the rest freely. */
const NETWORK_BITS = 64;

/** Under which name connections from an address are counted. An IPv4 address written as IPv6 counts as itself. */
export function addressKey(address: string | undefined): string {
  return ipKeyGenerator(address ?? '', NETWORK_BITS);
}
