import { setTimeout as wait } from 'node:timers/promises';
import { type Bench, type Figure, middle, quantile } from './figures.ts';
import { inFolder } from './folders.ts';
import { type Running, startProcess } from './processes.ts';
import { logIn, openShop, redemption, type Shop } from './shop.ts';

/** A busy county: what three hundred villages ask in their busiest hour, spread evenly. */
const PER_SECOND = 40;
const OFFICE_LASTS_MS = 8 * 60_000;

export const loadBench: Bench = {
  id: 'load',
  title: 'A mixed load that lasts',
  how:
    `${PER_SECOND} requests a second, begun by the clock whether earlier ones are answered or not: a quarter redemptions, the rest ` +
    'look-ups, passbooks, goods, boards, the journal and the desk’s home. Every minute gives its p99 and the memory the server holds.',
  remarks: [
    'What else the machine does in that time falls on the p99.',
    'About 60 MB of the memory is the program text of Node itself, read from its file: the system shares it among programs and drops it when it needs the room.',
  ],
  measure({ quick, minutes, say }) {
    return inFolder(async (dataDir) => {
      const shop = await openShop({ dataDir }, { households: 300, kiosks: 4 });
      const server = await startProcess('server', { dataDir });
      try {
        const office = new Office(server, shop);
        const found: Minute[] = [];
        const count = quick ? 2 : minutes;
        for (let minute = 0; minute < count; minute += 1) {
          const one = await oneMinute(server, shop, office, minute, quick ? 3 : 60);
          found.push(one);
          say(`${minute + 1}: p99 ${one.p99Ms.toFixed(0)} ms, ${one.memoryMb.toFixed(0)} MB`);
        }
        return figuresOf(found);
      } finally {
        await server.stop();
      }
    });
  },
};

interface Minute {
  readonly p99Ms: number;
  readonly memoryMb: number;
  readonly ownMemoryMb: number;
}

/** An access token lasts minutes; the office renews its own. */
class Office {
  private readonly server: Running;
  private readonly shop: Shop;
  private headers: Readonly<Record<string, string>> = {};
  private untilMs = 0;

  constructor(server: Running, shop: Shop) {
    this.server = server;
    this.shop = shop;
  }

  async renewed(): Promise<Readonly<Record<string, string>>> {
    if (performance.now() > this.untilMs) {
      this.headers = await logIn(this.server.url, this.shop);
      this.untilMs = performance.now() + OFFICE_LASTS_MS;
    }
    return this.headers;
  }
}

async function oneMinute(
  server: Running,
  shop: Shop,
  office: Office,
  minute: number,
  seconds: number,
): Promise<Minute> {
  const desk = await office.renewed();
  const tookMs: number[] = [];
  const underWay: Promise<void>[] = [];
  const startedMs = performance.now();
  for (let index = 0; index < seconds * PER_SECOND; index += 1) {
    const dueMs = startedMs + (index * 1000) / PER_SECOND;
    if (dueMs > performance.now()) await wait(dueMs - performance.now());
    underWay.push(
      ask(server, shop, desk, minute * seconds * PER_SECOND + index).then(() => {
        // From when it was due: a server that keeps everybody waiting shows.
        tookMs.push(performance.now() - dueMs);
      }),
    );
  }
  await Promise.all(underWay);
  return { p99Ms: quantile(tookMs, 0.99), memoryMb: server.memoryMb(), ownMemoryMb: server.ownMemoryMb() };
}

async function ask(
  server: Running,
  shop: Shop,
  desk: Readonly<Record<string, string>>,
  index: number,
): Promise<void> {
  const kiosk = shop.kiosks[index % shop.kiosks.length] ?? {};
  const card = shop.cards[(index * 7) % shop.cards.length];
  const { key, body } = redemption(shop, index);
  const post = (path: string, text: string) =>
    send(server, path, {
      method: 'POST',
      headers: { ...kiosk, 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: text,
    });
  const get = (path: string, headers: Readonly<Record<string, string>>) => send(server, path, { headers });
  switch (index % 8) {
    case 0:
    case 4:
      return post('/kiosk/redemptions', body);
    case 1:
      return post('/kiosk/lookup', JSON.stringify({ card }));
    case 2:
      return get('/me/passbook', shop.phone);
    case 3:
      return get('/kiosk/goods', kiosk);
    case 5:
      return get(`/board/${shop.villageId}`, {});
    case 6:
      return get('/ledger/entries', desk);
    default:
      return get('/village/summary', desk);
  }
}

async function send({ url }: Running, path: string, request: RequestInit): Promise<void> {
  const response = await fetch(`${url}/api/v1${path}`, request);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
}

/** The last quarter against the first, the very first minute left out: programs warm up. */
function figuresOf(minutes: readonly Minute[]): Figure[] {
  const warm = minutes.slice(1);
  const quarter = Math.max(1, Math.floor(warm.length / 4));
  const [first, last] = [warm.slice(0, quarter), warm.slice(-quarter)];
  const of = (some: readonly Minute[], name: keyof Minute) => middle(some.map((minute) => minute[name]));
  return [
    { what: 'minutes', unit: '', values: [minutes.length] },
    { what: 'p99 of each minute', unit: 'ms', values: warm.map(({ p99Ms }) => p99Ms) },
    {
      what: 'p99, last quarter against the first',
      unit: '×',
      values: [of(last, 'p99Ms') / of(first, 'p99Ms')],
      aim: { atMost: 1.2 },
    },
    {
      what: 'memory, last quarter against the first',
      unit: '×',
      values: [of(last, 'memoryMb') / of(first, 'memoryMb')],
      aim: { atMost: 1.1 },
    },
    {
      what: 'memory in the last quarter',
      unit: 'MB',
      values: last.map(({ memoryMb }) => memoryMb),
      aim: { atMost: 150 },
    },
    { what: 'of it no file’s', unit: 'MB', values: last.map(({ ownMemoryMb }) => ownMemoryMb) },
  ];
}
