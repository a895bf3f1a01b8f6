import { API_BASE } from '../../shared/api-base.ts';
import { endpoints } from '../../shared/system/endpoints.ts';
import type { Outcome } from '../api/index.ts';

/** A healthy network answers at once. This and the pause between two questions stay below five seconds. */
export const PULSE_LIMIT_MS = 2500;

/**
 * Asks whether the server is alive, by its cheapest answer and without a name: no database is asked for it. A page that a network
 * puts in the server's place is no answer.
 */
export async function askPulse(send: typeof fetch = fetch): Promise<Outcome<null>> {
  const [method = '', path = ''] = endpoints['system.health'].split(' ');
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PULSE_LIMIT_MS);
  try {
    const response = await send(API_BASE + path, {
      method,
      cache: 'no-store',
      credentials: 'omit',
      signal: controller.signal,
    });
    const said = (await response.json()) as { readonly status?: unknown; readonly code?: unknown } | null;
    // A server that says that it is asked too often is there.
    const isOurs = response.ok ? said?.status === 'ok' : typeof said?.code === 'string';
    if (isOurs) return { kind: 'answer', data: null, filename: null };
    return { kind: 'unknown', reason: 'unreachable' };
  } catch {
    return { kind: 'unknown', reason: controller.signal.aborted ? 'timeout' : 'unreachable' };
  } finally {
    clearTimeout(timer);
  }
}
