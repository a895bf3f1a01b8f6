/** One person at the desk, who sends each request once and never retries. */
import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { ErrorCode } from '../../shared/errors.ts';
import { addressOf, type ProblemBody, requestOf } from '../support/server.ts';
import type { WorkingVillage } from './working-village.ts';

export interface Delivered {
  readonly key: string;
  readonly status: number;
  readonly headers: Headers;
  /** Entries are counted from the founding of the village. */
  readonly body: ProblemBody & { readonly journalNumber: number; readonly stock: number };
}

/** Takes one piece into stock, which is the smallest write that books an entry. */
export async function deliver(
  url: string,
  village: WorkingVillage,
  key = randomBytes(12).toString('hex'),
): Promise<Delivered> {
  const sent = {
    as: village.keyring.of('maker'),
    params: { id: village.goodsIds[0] ?? '' },
    body: { quantity: 1, totalCostFen: 0, source: 'donated' },
    key,
  };
  const response = await fetch(`${url}${addressOf('goods.stockIn', sent)}`, requestOf('goods.stockIn', sent));
  const answered = (await response.json()) as Delivered['body'];
  const body = { ...answered, journalNumber: answered.journalNumber - village.booked };
  return { key, status: response.status, headers: response.headers, body };
}

/** Repeats the delivery until it is refused. */
export async function deliverUntilRefused(url: string, village: WorkingVillage): Promise<Delivered> {
  for (let attempt = 0; attempt < 5000; attempt++) {
    const delivered = await deliver(url, village);
    if (delivered.status !== 200) return delivered;
  }
  throw new Error('was never refused');
}

/** The refusal says so: come again, nothing was booked, and this is why. */
export function expectRefused({ status, headers, body }: Delivered, code: ErrorCode): void {
  const { code: found, moved, kind } = body;
  expect({ status, code: found, moved, kind }).toEqual({ status: 503, code, moved: 'no', kind: 'retry' });
  expect(headers.get('Retry-After')).toMatch(/^\d+$/);
  expect(headers.get('Content-Type')).toContain('application/problem+json');
}

/** The status of a read. */
export async function reads(url: string, village: WorkingVillage): Promise<number> {
  const as = village.keyring.of('maker');
  return (await fetch(`${url}${addressOf('households.list', {})}`, requestOf('households.list', { as })))
    .status;
}
