import { networkInterfaces } from 'node:os';
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
  const first =
    setupCode === null
      ? []
      : ['  第一次使用：打开下面的地址，建立村庄 / First visit: set up your village at one of these'];
  return [
    '',
    `积善 Jishan ${version} (${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'})`,
    ...first,
    ...(isNamed ? [`  对外网址 / Public address:   ${publicUrl}${path}`] : []),
    `  本机 / This computer:        ${own ?? ''}${path}`,
    // Behind a proxy or in a container these lead nowhere.
    ...(isNamed ? [] : others).map((address) => `  同一网络 / Same network:     ${address}${path}`),
    '  按 Ctrl-C 停止 / Ctrl-C stops the server',
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
    `  演示村的账号（也在 ${file}）/ The demo's log-ins (also in that file):`,
    ...staff,
    `  兑换台配对码 / Kiosk pairing code:   ${logins.kioskPairingCode}`,
    `  志愿者 / Volunteer:   ${logins.volunteer.name}  PIN ${logins.volunteer.pin}`,
    '  农户：户号、卡号、PIN / Households: number, card, PIN',
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
