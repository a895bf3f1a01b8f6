import { PRODUCT_NAME } from '../shared/product-name.ts';
import type { VillageAddress } from './address/index.ts';
import { banner } from './banner-words.ts';
import type { DemoLogins } from './village/index.ts';

export interface Start {
  readonly host: string;
  readonly port: number;
  readonly version: string;
  readonly engine: 'sqlite' | 'postgres';
  /** The address at which phones reach this server; empty if nobody has set it. */
  readonly publicUrl: string;
  /** The addresses of this machine in its networks. */
  readonly own: readonly string[];
  /** The addresses that villages chose, and whether the machine still has them. */
  readonly chosen: readonly VillageAddress[];
  /** Null once a village has been set up. */
  readonly setupCode: string | null;
}

/** The text that is printed when the server is up: the addresses to open, in both languages. */
export function greeting({ version, engine, publicUrl, own, chosen, setupCode, host, port }: Start): string {
  const isNamed = publicUrl !== '';
  const shared = isNamed ? [] : own.filter((address) => address !== hereAddress(host, port));
  const path = setupCode === null ? '/' : `/setup?code=${setupCode}`;
  const first = setupCode === null ? [] : [`  ${banner('first_visit')}`];
  return [
    '',
    `${PRODUCT_NAME} ${version} (${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'})`,
    ...first,
    ...(isNamed ? [`  ${banner('public_address')}:   ${publicUrl}${path}`] : []),
    `  ${banner('this_computer')}:        ${hereAddress(host, port)}${path}`,
    // Behind a proxy or in a container these lead nowhere.
    ...shared.map((address) => `  ${banner('same_network')}:     ${address}${path}`),
    ...chosenLines(chosen),
    ...(shared.length === 0 || setupCode !== null ? [] : [`  ${banner('tablet')}`]),
    `  ${banner('stop')}`,
    '',
    '',
  ].join('\n');
}

/** The demo's log-ins; they are new each time it is loaded. */
export function demoGreeting(logins: DemoLogins, file: string): string {
  const staff = logins.staff.map(
    ({ role, username, password }) => `    ${role.padEnd(12)}${username.padEnd(18)}${password}`,
  );
  const households = logins.households.map(
    ({ number, card, pin }) => `    ${number.padEnd(12)}${card.padEnd(22)}${pin}`,
  );
  return [
    '',
    `  ${banner('log_ins', { file })}:`,
    ...staff,
    `  ${banner('pairing')}:   ${logins.kioskPairingCode}`,
    `  ${banner('volunteer')}:   ${logins.volunteer.name}  ${logins.volunteer.pin}`,
    `  ${banner('households')}`,
    ...households,
    '',
  ].join('\n');
}

/** More would bury the rest; a county's desks say it to each village. */
const VILLAGES_SAID = 5;

function chosenLines(chosen: readonly VillageAddress[]): string[] {
  return chosen
    .slice(0, VILLAGES_SAID)
    .map(({ village, address, isGone }) =>
      isGone
        ? `  ⚠ ${banner('moved', { village, was: address })}`
        : `  ${banner('chosen_address')}: ${address}/  (${village})`,
    );
}

/** The address by which this computer itself opens the server. */
function hereAddress(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
