import autocannon from 'autocannon';
import type { Running } from './processes.ts';
import { redemption, type Shop } from './shop.ts';

export interface Load {
  readonly perSecond: number;
  readonly p99Ms: number;
  readonly cpuUsEach: number;
}

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** So many clients, each asking again when it has its answer. An answer that is no success ends the bench. */
export async function loadOf(
  running: Running,
  clients: number,
  seconds: number,
  next: (index: number) => Asked,
): Promise<Load> {
  const cpuBeforeMs = running.cpuMs();
  let index = 0;
  const result = await autocannon({
    url: running.url,
    connections: clients,
    duration: seconds,
    // One second is long to look at and short to wait for.
    sampleInt: 1000,
    requests: [{ setupRequest: (request) => ({ ...request, ...next(index++) }) }],
  });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests were not answered well`);
  return {
    perSecond: result.requests.total / result.duration,
    p99Ms: result.latency.p99,
    cpuUsEach: ((running.cpuMs() - cpuBeforeMs) * 1000) / result.requests.total,
  };
}

export function redeems(shop: Shop, mint?: () => string): (index: number) => Asked {
  return (index) => {
    const { key, body } = redemption(shop, index, mint);
    return {
      method: 'POST',
      path: '/api/v1/kiosk/redemptions',
      headers: { ...kioskOf(shop, index), 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body,
    };
  };
}

/** A body of the same kind and a key to mint, to an endpoint that does nothing with either. */
export function nothings(shop: Shop): (index: number) => Asked {
  const redeem = redeems(shop);
  return (index) => {
    const householdId = shop.householdIds[index % shop.householdIds.length];
    return {
      ...redeem(index),
      path: '/api/v1/kiosk/pin',
      body: JSON.stringify({ householdId, pin: '123456' }),
    };
  };
}

function kioskOf(shop: Shop, index: number): Readonly<Record<string, string>> {
  return shop.kiosks[index % shop.kiosks.length] ?? {};
}
