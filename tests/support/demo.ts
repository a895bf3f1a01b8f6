import { type DemoLogins, readDemoLogins } from './demo-village.ts';
import type { Program } from './program.ts';

export type Account = DemoLogins['households'][number] & {
  readonly head: string;
  readonly balance: number;
  readonly months: readonly string[];
};

/** The demo village's households with their points, the poorest first. */
export async function demoAccounts(program: Program): Promise<Account[]> {
  const accounts: Account[] = [];
  for (const household of readDemoLogins(program).households) {
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

/** Calls the program's API. With a body it is a POST. */
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
