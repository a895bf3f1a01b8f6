import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPrintQueue, SLIPS_AT_ONCE } from '../../../server/printers/print-queue.ts';
import { sendToPrinter } from '../../../server/printers/send-to-printer.ts';
import { type FakePrinter, startFakePrinter, type Temper } from '../../support/fake-printer.ts';

const LIMITS = { connectMs: 300, jobMs: 600, statusMs: 100 };
const SLIP = Buffer.from('slip');

let printer: FakePrinter | null = null;
afterEach(async () => {
  await printer?.close();
  printer = null;
});

async function sent(temper: Temper, bytes: Uint8Array = SLIP) {
  printer = await startFakePrinter(temper);
  const started = performance.now();
  const outcome = await sendToPrinter({ host: '127.0.0.1', port: printer.port }, bytes, LIMITS);
  return { outcome, tookMs: performance.now() - started, jobs: printer.jobs };
}

describe('a job on a real socket', () => {
  it.each(['good', 'mute'] as const)('is taken whole by a printer that is %s', async (temper) => {
    const { outcome, jobs } = await sent(temper);
    expect(outcome).toBe('printed');
    expect(jobs.map(String)).toEqual(['slip']);
  });

  it('is not begun where the paper is out', async () => {
    const { outcome, jobs } = await sent('no paper');
    expect(outcome).toBe('no_paper');
    expect(jobs).toEqual([]);
  });

  it('is known not to be whole where the paper ends within', async () => {
    expect((await sent('ends within')).outcome).toBe('no_paper');
  });

  it.each(['resets', 'hangs up'] as const)('is broken off by a printer that %s', async (temper) => {
    expect((await sent(temper)).outcome).toBe('broken_off');
  });

  it('is given up in its time by a printer that takes nothing', async () => {
    const { outcome, tookMs } = await sent('never reads', Buffer.alloc(64 * 1024 * 1024));
    expect(outcome).toBe('stuck');
    expect(tookMs).toBeLessThan(LIMITS.jobMs + 400);
  });

  it('reaches nobody where nobody listens, or nobody answers', async () => {
    const gone = await startFakePrinter();
    await gone.close();
    const to = (host: string, port: number) => sendToPrinter({ host, port }, SLIP, LIMITS);
    expect(await to('127.0.0.1', gone.port)).toBe('unreachable');
    const started = performance.now();
    // An address for documentation, which leads nowhere.
    expect(await to('192.0.2.1', 9100)).toBe('unreachable');
    expect(performance.now() - started).toBeLessThan(LIMITS.connectMs + 300);
  });

  it.each(['never reads', 'mute', 'slow', 'resets'] as const)(
    'leaves no connection behind with a printer that is or does: %s',
    async (temper) => {
      await sent(temper);
      await printer?.close();
      printer = null;
      const open = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap');
      await vi.waitFor(() => expect(open()).toEqual([]), { timeout: 300 });
    },
  );
});

describe('slips for one printer', () => {
  it('come one after the other, and no more than a few wait', async () => {
    printer = await startFakePrinter('slow');
    printer.slowMs = 50;
    const queue = createPrintQueue((place, bytes) => sendToPrinter(place, bytes, LIMITS));
    const to = { host: '127.0.0.1', port: printer.port };
    const outcomes = await Promise.all(
      Array.from({ length: SLIPS_AT_ONCE + 3 }, (_, index) => queue(to, Buffer.from(String(index)))),
    );
    expect(outcomes.filter((one) => one === 'printed')).toHaveLength(SLIPS_AT_ONCE);
    expect(outcomes.filter((one) => one === 'busy')).toHaveLength(3);
    expect(printer.jobs.map(String)).toEqual(['0', '1', '2', '3', '4']);
    expect(printer.mostAtOnce()).toBe(1);
    expect(await queue(to, SLIP)).toBe('printed');
  });

  it('are given up behind one that is stuck, and come again after it', async () => {
    let free: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (free = resolve));
    const sentBytes: string[] = [];
    const queue = createPrintQueue(async (_, bytes) => {
      sentBytes.push(String(bytes));
      if (sentBytes.length === 1) await first;
      return 'printed';
    }, 50);
    const to = { host: '192.168.1.50', port: 9100 };
    const stuck = queue(to, Buffer.from('stuck'));
    expect(await queue(to, Buffer.from('given up'))).toBe('busy');
    expect(await queue({ ...to, port: 9101 }, Buffer.from('another printer'))).toBe('printed');
    free();
    expect(await stuck).toBe('printed');
    expect(await queue(to, Buffer.from('after'))).toBe('printed');
    expect(sentBytes).toEqual(['stuck', 'another printer', 'after']);
  });

  it('go on after one that throws', async () => {
    let isFirst = true;
    const queue = createPrintQueue(() => {
      if (!isFirst) return Promise.resolve('printed');
      isFirst = false;
      return Promise.reject(new Error('a mistake of ours'));
    });
    const to = { host: '192.168.1.50', port: 9100 };
    await expect(queue(to, SLIP)).rejects.toThrow('a mistake of ours');
    expect(await queue(to, SLIP)).toBe('printed');
  });
});
