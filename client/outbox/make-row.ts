import { doneText, type DoneMark, FIRST_BEFORE, type OutboxRow, rowText } from '../../shared/outbox/row.ts';
import type { DeviceKey, RowSigner } from './row-signer.ts';

/** A row before it has its number and its signature. */
export interface NewRow {
  readonly key: string;
  readonly kind: string;
  /** It is written as JSON, which is what is signed. */
  readonly body: unknown;
  readonly shift: string;
  readonly copy: number | null;
}

export interface RowClocks {
  readonly atMs: number;
  readonly offsetMs: number | null;
}

/** The end of a device's chain: the number and the hash of its last row. */
export interface ChainEnd {
  readonly number: number;
  readonly hash: string;
}

export const NO_ROWS: ChainEnd = { number: 0, hash: FIRST_BEFORE };

/** Makes the next row of a device's chain. */
export async function makeRow(
  signer: RowSigner,
  key: DeviceKey,
  end: ChainEnd,
  { body, ...row }: NewRow,
  clocks: RowClocks,
): Promise<OutboxRow> {
  const isSigned = key.pair !== null;
  const plain = {
    ...{ device: key.device, number: end.number + 1, key: row.key, kind: row.kind },
    ...{ body: JSON.stringify(body), shift: row.shift, ...clocks, copy: row.copy },
    before: isSigned ? end.hash : '',
  };
  const text = rowText(plain);
  const hash = isSigned ? await signer.hash(text) : '';
  return { ...plain, hash, signature: await signer.sign(key, text), done: null };
}

/** Marks a row as done. */
export async function markDone(
  signer: RowSigner,
  key: DeviceKey,
  row: OutboxRow,
  done: Omit<DoneMark, 'signature'>,
): Promise<OutboxRow> {
  return { ...row, done: { ...done, signature: await signer.sign(key, doneText(row, done)) } };
}
