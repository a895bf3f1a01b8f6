import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Store, StoreBusy } from '../../../db/index.ts';
import { openPostgresStore } from '../../../db/postgres/store.ts';

/** A message of PostgreSQL's protocol. */
function message(type: string, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}

const LOGGED_IN = message('R', Buffer.alloc(4));
const READY = message('Z', 'I');
const ENDED = message(
  'E',
  'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0',
);

describe('a connection that PostgreSQL ends', () => {
  let server: Server;
  let store: Store;
  afterEach(async () => {
    await store.close();
    server.close();
  });

  /** Each connection that is made is told this as soon as it has said who it is. */
  async function open(...said: readonly Buffer[]): Promise<void> {
    server = createServer((socket) => {
      socket.once('data', () => socket.end(Buffer.concat(said)));
      socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    store = openPostgresStore({ url: `postgres://one@127.0.0.1:${String(port)}/book` });
  }

  it('in the same breath in which it is ready is a database that is away, and ends no process', async () => {
    await open(LOGGED_IN, READY, ENDED);
    for (let times = 0; times < 3; times += 1)
      await expect(store.read(({ db, t }) => db.select().from(t.villages))).rejects.toBeInstanceOf(StoreBusy);
  });

  it('before it is ready is one too', async () => {
    await open(LOGGED_IN, ENDED);
    await expect(store.read(({ db, t }) => db.select().from(t.villages))).rejects.toBeInstanceOf(StoreBusy);
  });
});
