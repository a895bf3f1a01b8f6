import { existsSync } from 'node:fs';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

export type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** The interface and port at which this server listens. */
export interface ListeningPlace {
  readonly host: string;
  readonly port: number;
}

/** The addresses of this machine now. A host that is not fixed listens at all of them. */
export type OwnAddresses = () => readonly string[];

/**
 * Virtual machines, containers and tunnels bring interfaces that lead no tablet here. Their names differ by system:
 * Linux, macOS, and Windows with its words.
 */
const VIRTUAL_NAME =
  /^(docker|br-|veth|virbr|vmnet|vnet|vboxnet|lxc|lxd|cni|flannel|cali|podman|tun|tap|utun|wg|zt|ppp|awdl|llw|bnep|anpi|bridge|ap\d|tailscale)|virtual|vEthernet|vmware|hyper-v|wsl|bluetooth|loopback|蓝牙|hamachi|openvpn|wireguard|zerotier/i;

/** VirtualBox gives its host-only interface a name like any other, but this beginning of the hardware address. */
const VIRTUAL_MAC = /^0a:00:27:/i;

const NOWHERE = Number.POSITIVE_INFINITY;

/** A village's router gives 192.168.…; larger networks have 10.… and 172.16–31.…; anything else is rare. */
const RANKS: readonly (readonly [RegExp, number])[] = [
  [/^169\.254\./, NOWHERE],
  [/^(127|0)\./, NOWHERE],
  [/^198\.1[89]\./, NOWHERE],
  [/^192\.168\./, 0],
  [/^10\./, 1],
  [/^172\.(1[6-9]|2\d|3[01])\./, 2],
];
const OTHER_RANK = 3;

/** Whether an address is of a private network, as a village's router gives them. */
export function isPrivate(address: string): boolean {
  return rankOf(address) < OTHER_RANK;
}

/** The IPv4 addresses by which others may reach this machine, the likeliest first. */
export function reachableAddresses(interfaces: Interfaces): string[] {
  return Object.entries(interfaces)
    .filter(([name]) => !VIRTUAL_NAME.test(name))
    .flatMap(([, list]) => list ?? [])
    .filter(({ family, internal, mac }) => family === 'IPv4' && !internal && !VIRTUAL_MAC.test(mac))
    .map(({ address }) => address)
    .filter((address) => rankOf(address) !== NOWHERE)
    .toSorted((one, other) => rankOf(one) - rankOf(other));
}

/** The same as addresses of pages, with the port. */
export function ownOrigins({ host, port }: ListeningPlace, interfaces: Interfaces): string[] {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const hosts = isEverywhere ? reachableAddresses(interfaces) : [host].filter((one) => isReachable(one));
  return hosts.map((one) => new URL(`http://${one.includes(':') ? `[${one}]` : one}:${port}`).origin);
}

/** Reads the interfaces anew at each call: an address may change while the server runs. */
export function ownAddressesAt(
  place: ListeningPlace,
  interfaces: () => Interfaces = networkInterfaces,
): OwnAddresses {
  return () => ownOrigins(place, interfaces());
}

/** In a container the interfaces are those between containers: nobody outside reaches them. */
export function isInContainer(): boolean {
  return existsSync('/.dockerenv') || existsSync('/run/.containerenv');
}

function isReachable(host: string): boolean {
  return host !== 'localhost' && host !== '::1' && rankOf(host) !== NOWHERE;
}

function rankOf(address: string): number {
  return RANKS.find(([pattern]) => pattern.test(address))?.[1] ?? OTHER_RANK;
}
