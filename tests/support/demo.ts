import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './program.ts';

interface Household {
  readonly number: string;
  readonly card: string;
  readonly pin: string;
}

/** The log-ins the demo village leaves for whoever looks at it. */
export interface DemoLogins {
  readonly staff: readonly { role: string; username: string; password: string }[];
  readonly kioskPairingCode: string;
  readonly volunteer: { name: string; pin: string };
  readonly households: readonly Household[];
}

export interface Account extends Household {
  readonly head: string;
  readonly balance: number;
  readonly months: readonly string[];
}

export function demoLogins({ dataDir }: Program): DemoLogins {
  return JSON.parse(readFileSync(join(dataDir, 'demo-logins.json'), 'utf8')) as DemoLogins;
}

/** Its households with what they have, the poorest first. */
export async function demoAccounts(program: Program): Promise<Account[]> {
  const accounts: Account[] = [];
  for (const household of demoLogins(program).households) {
    const { view } = await ask<{ view: MeView }>(program, '/me/session', {
      card: household.card,
      pin: household.pin,
    });
    accounts.push({
      ...household,
      head: view.household.head,
      balance: view.balance,
      months: view.months.items.map(({ month }) => month),
    });
  }
  return accounts.sort((a, b) => a.balance - b.balance);
}

interface MeView {
  readonly household: { readonly head: string };
  readonly balance: number;
  readonly months: { readonly items: readonly { readonly month: string }[] };
}

/** One call of the program's API; a body makes it a POST. */
export async function ask<T>(
  { origin }: Pick<Program, 'origin'>,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<T> {
  const response = await fetch(`${origin}/api/v1${path}`, {
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
