/** The outbox of a device, whatever network, disk and power do: nothing that was done is lost, doubled or invented. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeptRow, OutboxDisk, KeptOutbox } from '../../../client/outbox/outbox-disk.ts';
import { type Answered, createOutbox, type Outbox } from '../../../client/outbox/outbox.ts';
import type { DeviceKey, RowSigner } from '../../../client/outbox/row-signer.ts';
import { FIRST_BEFORE, type OutboxRow } from '../../../shared/outbox/row.ts';

const KEY: DeviceKey = { device: 'device', madeAtMs: 0, publicKey: null, pair: {} as CryptoKeyPair };
const signer: RowSigner = {
  hash: (text) => Promise.resolve(createHash('sha256').update(text).digest('hex')),
  sign: (_, text) => Promise.resolve(`signed ${text.length}`),
};

/** A disk that outlives the page. */
class FakeDisk {
  readonly rows = new Map<number, KeptRow>();
  /** The outcome of the next write: it is there; it is not; or nobody knows, and it is there or not. */
  next: 'ok' | 'refuses' | 'unknown_there' | 'unknown_gone' = 'ok';

  private write(work: () => void): boolean {
    const how = this.next;
    this.next = 'ok';
    if (how === 'ok' || how === 'unknown_there') work();
    if (how === 'unknown_there' || how === 'unknown_gone') throw new Error('nobody knows');
    return how === 'ok';
  }

  port(): OutboxDisk {
    const soon = <T>(work: () => T) => Promise.resolve().then(work);
    const put = (rows: readonly KeptRow[]) => {
      for (const kept of rows) this.rows.set(kept.row.number, kept);
    };
    return {
      read: () => soon(() => this.kept()),
      addKey: () => Promise.resolve(true),
      add: (kept) =>
        soon(() =>
          this.write(() => {
            if (this.rows.has(kept.row.number)) throw new Error('the number is taken');
            put([kept]);
          }),
        ),
      change: (rows) =>
        soon(() => {
          try {
            return this.write(() => {
              put(rows);
            });
          } catch {
            return false;
          }
        }),
      drop: (rows) =>
        soon(() =>
          this.write(() => {
            for (const { row } of rows) this.rows.delete(row.number);
          }),
        ),
    };
  }

  kept(): KeptOutbox {
    const rows = Array.from(this.rows.values()).sort((a, b) => a.row.number - b.row.number);
    return { keys: [KEY], rows, damaged: [] };
  }
}

/** Answers each row once, as the server does: by device and key. */
class FakeServer {
  readonly rows = new Map<string, OutboxRow>();
  readonly booked = new Map<string, number>();
  entries = 0;
  backup = new Map<string, OutboxRow>();

  take(rows: readonly OutboxRow[]): Answered[] {
    return rows.map((row) => {
      const mayBook = row.done?.how !== 'given_up';
      this.rows.set(row.key, row);
      if (mayBook && !this.booked.has(row.key)) this.booked.set(row.key, (this.entries += 1));
      const entry = this.booked.get(row.key) ?? null;
      const answer = entry === null ? 'declined' : row.done?.how === 'here' ? 'late' : 'booked';
      return {
        device: row.device,
        key: row.key,
        answer,
        entry,
        marks: [],
        code: null,
        params: {},
        said: null,
        receipt: null,
      };
    });
  }

  restore(keys: ReadonlySet<string>): void {
    for (const key of Array.from(this.rows.keys())) {
      if (keys.has(key)) continue;
      this.rows.delete(key);
      this.booked.delete(key);
    }
  }
}

type Delivery = 'fine' | 'lost' | 'answer_lost' | 'busy';

class Shop {
  readonly disk = new FakeDisk();
  readonly server = new FakeServer();
  delivery: Delivery = 'fine';
  nowMs = 1_000_000;
  /** The keys of what happened at the counter, and of what the disk left open. */
  readonly done = new Set<string>();
  readonly unsure = new Set<string>();
  /** Those that a power cut hit before the disk could be asked: they may be booked. */
  readonly cutOff = new Set<string>();
  readonly timers: (() => void)[] = [];
  private page: object = {};
  box: Outbox = this.start();
  private next = 0;

  start(): Outbox {
    const page = {};
    this.page = page;
    this.timers.length = 0;
    return createOutbox({
      ...{ disk: this.disk.port(), signer, key: KEY, kept: this.disk.kept() },
      ...{ now: () => this.nowMs, offsetMs: () => 0 },
      carry: async (rows) => {
        const { delivery } = this;
        await Promise.resolve();
        if (delivery === 'busy') return { kind: 'problem', problem: PROBLEM };
        if (delivery === 'lost') return { kind: 'unknown', reason: 'unreachable' };
        const answers = this.server.take(rows);
        // The page is gone, or the answer was lost.
        if (delivery === 'answer_lost' || this.page !== page) return { kind: 'unknown', reason: 'timeout' };
        return { kind: 'answer', data: { answers, nowMs: this.nowMs } };
      },
      later: (_, run) => {
        if (this.page === page) this.timers.push(run);
      },
    });
  }

  async handOut(): Promise<void> {
    this.next += 1;
    const key = `row-${String(this.next).padStart(8, '0')}`;
    const row = { key, kind: 'kiosk.redeem', body: { n: this.next }, shift: 's', copy: null };
    const isKept = await this.box.append(row, 'here').catch(() => null);
    if (isKept === true) this.done.add(key);
    // Nobody knows: the goods stay, and the row is given up when it is found.
    else if (isKept === null) this.unsure.add(key);
  }

  async kill(): Promise<void> {
    for (const key of this.unsure) this.cutOff.add(key);
    this.box = this.start();
    this.box.wake();
    await settle();
  }

  fire(): void {
    for (const run of this.timers.splice(0)) run();
  }

  async calm(): Promise<void> {
    this.delivery = 'fine';
    this.disk.next = 'ok';
    for (let round = 0; round < 50; round += 1) {
      this.nowMs += 61_000;
      this.box.wake();
      this.fire();
      await settle();
      if (this.box.rows().every(({ answer }) => answer !== null && answer.answer !== 'waiting')) break;
    }
  }
}

const PROBLEM = {
  ...{
    type: '',
    title: '',
    status: 503,
    detail: '',
    code: 'server.busy',
    kind: 'retry',
    moved: 'no',
    params: {},
  },
  requestId: '',
} as never;

async function settle(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

type Step = (shop: Shop) => Promise<void> | void;
const steps = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Step>((shop) => shop.handOut()) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom<Delivery>('fine', 'lost', 'answer_lost', 'busy')
      .map((delivery): Step => (shop) => {
        shop.delivery = delivery;
      }),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<FakeDisk['next']>('refuses', 'unknown_there', 'unknown_gone')
      .map((next): Step => (shop) => {
        shop.disk.next = next;
      }),
  },
  { weight: 2, arbitrary: fc.constant<Step>((shop) => shop.kill()) },
  {
    weight: 3,
    arbitrary: fc.constant<Step>(async (shop) => {
      shop.nowMs += 5000;
      shop.fire();
      await settle();
    }),
  },
);

describe('an outbox', () => {
  test('loses, doubles and invents nothing, whatever network, disk and power do', async () => {
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 20, maxLength: 60, size: 'max' }), async (walk) => {
        const shop = new Shop();
        for (const step of walk) {
          await step(shop);
          await settle();
        }
        await shop.calm();
        const { server, done, cutOff } = shop;
        // Everything that was told done is booked, once: every key has one entry, and no two share one.
        expect(Array.from(done).filter((key) => !server.booked.has(key))).toEqual([]);
        expect(new Set(server.booked.values()).size).toBe(server.booked.size);
        // Nothing that was told not recorded was ever booked.
        const invented = Array.from(server.booked.keys()).filter((key) => !done.has(key) && !cutOff.has(key));
        expect(invented).toEqual([]);
        // One gapless chain.
        const chain = Array.from(server.rows.values()).sort((a, b) => a.number - b.number);
        expect(chain.map(({ number }) => number)).toEqual(chain.map((_, index) => index + 1));
        for (const [index, row] of chain.entries())
          expect(row.before).toBe(index === 0 ? FIRST_BEFORE : chain[index - 1]?.hash);
        rows += chain.length;
      }),
      { numRuns: 300 },
    );
    expect(rows).toBeGreaterThan(2000);
  });

  test('tells what the server said to whoever waits, and keeps it', async () => {
    const shop = new Shop();
    const answered = shop.box.answerTo('row-00000001');
    await shop.handOut();
    expect(await answered).toMatchObject({ answer: 'late', entry: 1 });
    await settle();
    expect(shop.disk.kept().rows[0]?.answer).toMatchObject({ answer: 'late', entry: 1 });
  });

  test('keeps the server’s word with a row that asked, so that a restored server books it again', async () => {
    const shop = new Shop();
    const row = { key: 'row-asked', kind: 'kiosk.redeem', body: {}, shift: 's', copy: null };
    await shop.box.append(row);
    await settle();
    expect(shop.disk.kept().rows[0]?.row.done).toMatchObject({ how: 'server', entry: 1 });
    shop.server.restore(new Set());
    await shop.box.compare('device', { missing: [1], safe: [] });
    await settle();
    expect(shop.server.rows.get('row-asked')?.done?.how).toBe('server');
  });

  test('forgets what a checked backup holds, but never the end of its chain', async () => {
    const shop = new Shop();
    for (let n = 0; n < 3; n += 1) await shop.handOut();
    await settle();
    await shop.box.compare('device', { missing: [], safe: [1, 2, 3] });
    expect(shop.disk.kept().rows.map(({ row }) => row.number)).toEqual([3]);
    await shop.kill();
    await shop.handOut();
    expect(shop.disk.kept().rows.map(({ row }) => row.number)).toEqual([3, 4]);
  });

  test('what was given up is not booked any more', async () => {
    const shop = new Shop();
    shop.delivery = 'lost';
    await shop.box.append({ key: 'row-given', kind: 'kiosk.redeem', body: {}, shift: 's', copy: null });
    await settle();
    expect(await shop.box.finish('row-given', 'given_up')).toBe(true);
    await shop.calm();
    expect(shop.server.booked.size).toBe(0);
    expect(shop.disk.kept().rows[0]?.answer?.answer).toBe('declined');
  });

  test('sends a row once more that was finished while its answer was on the way', async () => {
    const shop = new Shop();
    shop.delivery = 'busy';
    await shop.box.append({ key: 'row-asked', kind: 'kiosk.redeem', body: {}, shift: 's', copy: null });
    await settle();
    shop.delivery = 'answer_lost';
    shop.fire();
    await shop.box.finish('row-asked', 'here');
    await shop.calm();
    expect(shop.server.rows.get('row-asked')?.done?.how).toBe('here');
    expect(shop.server.booked.size).toBe(1);
  });

  test('a disk that refuses says so, and the number is not used up', async () => {
    const shop = new Shop();
    shop.disk.next = 'refuses';
    const row = { key: 'row-refused', kind: 'kiosk.redeem', body: {}, shift: 's', copy: null };
    expect(await shop.box.append(row, 'here')).toBe(false);
    await shop.handOut();
    expect(shop.disk.kept().rows.map(({ row: { number, key } }) => [number, key])).toEqual([
      [1, 'row-00000001'],
    ]);
  });
});
