/** A device that keeps an outbox, made with the client's own code, for tests that bring rows to the server. */
import { webcrypto } from 'node:crypto';
import { type ChainEnd, makeRow, markDone, type NewRow, NO_ROWS } from '../../client/outbox/make-row.ts';
import { createRowSigner, type DeviceKey, newDeviceKey } from '../../client/outbox/row-signer.ts';
import type { RowBodies } from '../../shared/kiosk/rows.ts';
import type { DoneMark, OutboxRow } from '../../shared/outbox/row.ts';
import { type Caller, newKey, type TestServer } from './served.ts';

const subtle = webcrypto.subtle as SubtleCrypto;
const signer = createRowSigner(subtle);

type Kind = keyof RowBodies;

export class TestOutbox {
  readonly rows: OutboxRow[] = [];
  readonly key: DeviceKey;
  /** The device's clock and the server's differ by so much. */
  offsetMs: number | null = 0;
  private end: ChainEnd = NO_ROWS;
  private readonly server: TestServer;

  private readonly isConfirmed: boolean;

  private constructor(server: TestServer, key: DeviceKey, isConfirmed: boolean) {
    this.server = server;
    this.key = key;
    this.isConfirmed = isConfirmed;
  }

  /** Registers a new key of a kiosk's device, which the desk confirms if it has to. */
  static async of(server: TestServer, device: Caller): Promise<TestOutbox> {
    const box = await TestOutbox.unconfirmed(server, device);
    const params = { id: box.key.device };
    if (!box.isConfirmed) await server.must('outbox.confirmKey', { as: server.admin, params });
    return box;
  }

  /** Registers a new key that waits for the desk, unless it is the first one of a pairing. */
  static async unconfirmed(server: TestServer, device: Caller): Promise<TestOutbox> {
    const key = await newDeviceKey(subtle, server.clock.nowMs);
    if (!key) throw new Error('no signatures here');
    const { publicKey } = key;
    const registered = await server.must('outbox.register', { as: device, body: { publicKey } });
    if (registered.device !== key.device) throw new Error('another device was registered');
    return new TestOutbox(server, key, registered.isConfirmed);
  }

  /** Appends a row; with `done` it has happened at the counter, now unless `atMs` says when. */
  async add<K extends Kind>(
    kind: K,
    shift: string,
    body: RowBodies[K],
    {
      done,
      atMs,
      entry = null,
      key = newKey(),
      copy = null,
    }: Partial<Pick<NewRow, 'key' | 'copy'>> & {
      done?: DoneMark['how'];
      atMs?: number;
      entry?: number | null;
    } = {},
  ): Promise<OutboxRow> {
    const clocks = { atMs: this.deviceMs(atMs), offsetMs: this.offsetMs };
    const asked = await makeRow(signer, this.key, this.end, { key, kind, body, shift, copy }, clocks);
    const row = done === undefined ? asked : await this.done(asked, done, atMs, entry);
    this.end = { number: row.number, hash: row.hash };
    this.rows.push(row);
    return row;
  }

  /** A row that follows the first one under the number after the last, as a copied disk makes it. */
  async branch<K extends Kind>(
    kind: K,
    shift: string,
    body: RowBodies[K],
    { done }: { done: DoneMark['how'] },
  ): Promise<OutboxRow> {
    this.end = { number: this.end.number, hash: 'f'.repeat(64) };
    return this.add(kind, shift, body, { done });
  }

  /** The same row, marked as done. */
  async done(
    row: OutboxRow,
    how: DoneMark['how'],
    atMs?: number,
    entry: number | null = null,
  ): Promise<OutboxRow> {
    return markDone(signer, this.key, row, { how, atMs: this.deviceMs(atMs), entry });
  }

  private deviceMs(atMs = this.server.clock.nowMs): number {
    return atMs - (this.offsetMs ?? 0);
  }
}
