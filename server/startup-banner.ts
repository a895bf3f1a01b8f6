import { networkInterfaces } from 'node:os';
import { PRODUCT_NAME } from '../shared/product-name.ts';
import { banner } from './banner-words.ts';
import type { DemoLogins } from './village/index.ts';

interface Place {
  readonly host: string;
  readonly port: number;
}

export interface Start extends Place {
  readonly version: string;
  readonly engine: 'sqlite' | 'postgres';
  /** The address at which phones reach this server; empty if nobody has set it. */
  readonly publicUrl: string;
  /** Null once a village has been set up. */
  readonly setupCode: string | null;
}

/** The text that is printed when the server is up: the addresses to open, in both languages. */
export function greeting({ version, engine, publicUrl, setupCode, ...place }: Start): string {
  const [own, ...others] = addresses(place);
  const isNamed = publicUrl !== '';
  const path = setupCode === null ? '/' : `/setup?code=${setupCode}`;
  const first = setupCode === null ? [] : [`  ${banner('first_visit')}`];
  return [
    '',
    `${PRODUCT_NAME} ${version} (${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'})`,
    ...first,
    ...(isNamed ? [`  ${banner('public_address')}:   ${publicUrl}${path}`] : []),
    `  ${banner('this_computer')}:        ${own ?? ''}${path}`,
    // Behind a proxy or in a container these lead nowhere.
    ...(isNamed ? [] : others).map((address) => `  ${banner('same_network')}:     ${address}${path}`),
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
    ({ number, card, pin }) => `    ${number.padEnd(12)}${card.padEnd(14)}${pin}`,
  );
  return [
    '',
    `  ${banner('log_ins', { file })}:`,
    ...staff,
    `  ${banner('pairing')}:   ${logins.kioskPairingCode}`,
    `  ${banner('volunteer')}:   ${logins.volunteer.name}  PIN ${logins.volunteer.pin}`,
    `  ${banner('households')}`,
    ...households,
    '',
  ].join('\n');
}

function addresses({ host, port }: Place): string[] {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  if (!isEverywhere) return [`http://${host.includes(':') ? `[${host}]` : host}:${port}`];
  const outside = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => `http://${address}:${port}`);
  return [`http://localhost:${port}`, ...outside];
}
