import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_BASE } from '../../shared/api-base.ts';
import { ENDPOINTS } from '../../shared/endpoints.ts';
import type { Program } from './program.ts';

/** The accounts and cards that `--demo` writes beside its data. */
export interface DemoLogins {
  readonly staff: readonly { role: string; username: string; password: string }[];
  readonly kioskPairingCode: string;
  readonly volunteer: { name: string; pin: string };
  readonly households: readonly { number: string; card: string; pin: string }[];
}

export type Ask = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

export function readDemoLogins({ dataDir }: Pick<Program, 'dataDir'>): DemoLogins {
  return JSON.parse(readFileSync(join(dataDir, 'demo-logins.json'), 'utf8')) as DemoLogins;
}

/**
 * Logs in as the demo village's administrator and returns a function that calls the API. An approver agrees to what one person
 * may not do alone; the answer is the change, then.
 */
export async function demoAdmin(program: Pick<Program, 'origin'>, logins: DemoLogins): Promise<Ask> {
  const admin = await demoStaff(program, logins, 'admin');
  return async (method, path, body) => {
    try {
      return await admin(method, path, body);
    } catch (error) {
      if (!String(error).includes('change.needs_second')) throw error;
      const handedIn = { ...operationAt(method, path), body };
      const { id, mark } = await admin('POST', '/changes', handedIn);
      const approver = await demoStaff(program, logins, 'approver');
      return approver('POST', `/changes/${String(id)}/agreement`, { mark });
    }
  };
}

/** The operation at this address, and the parameters in it. */
function operationAt(method: string, path: string) {
  for (const [operation, place] of Object.entries(ENDPOINTS)) {
    const [itsMethod = '', pattern = ''] = place.split(' ');
    const names = [...pattern.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
    const found = new RegExp(`^${pattern.replace(/:\w+/g, '([^/]+)')}$`).exec(path);
    if (itsMethod !== method || !found) continue;
    return { operation, params: Object.fromEntries(names.map((name, at) => [name, found[at + 1] ?? ''])) };
  }
  throw new Error(`no operation at ${method} ${path}`);
}

/** The same as somebody else of the demo village's staff. */
export async function demoStaff(
  { origin }: Pick<Program, 'origin'>,
  logins: DemoLogins,
  wanted: string,
): Promise<Ask> {
  const found = logins.staff.find(({ role }) => role === wanted);
  const ask = async (method: string, path: string, body?: unknown, token?: string) => {
    const response = await fetch(origin + API_BASE + path, {
      method,
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': crypto.randomUUID(),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const { username, password } = found ?? {};
  const { accessToken } = await ask('POST', '/session', { username, password });
  return (method, path, body) => ask(method, path, body, String(accessToken));
}

/** Creates a kiosk and returns its pairing code. */
export async function newPairingCode(ask: Ask, name: string): Promise<string> {
  const { code } = await ask('POST', '/kiosks', { name });
  return String(code);
}

/** Stocks plenty of one cheap item, so that neither stock nor points run out. Returns its barcode. */
export async function stockPens(ask: Ask, price = 100): Promise<string> {
  const barcode = '6907001011100';
  const { items } = (await ask('GET', '/goods')) as { items?: { id: string; barcode: string | null }[] };
  const pens = items?.find((item) => item.barcode === barcode)?.id ?? '';
  await ask('PATCH', `/goods/${pens}`, { price });
  await ask('POST', `/goods/${pens}/stock`, { quantity: 500, totalCostFen: 0, source: 'donated' });
  return barcode;
}
