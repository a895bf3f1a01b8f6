/** A proxy between the server and PostgreSQL that can cut or block connections, or lose one message. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type CommitLoss = 'before' | 'after';

export interface Proxy {
  /** The database's address through this proxy. */
  readonly url: string;
  /** Cuts every open connection. */
  cut(): void;
  /** Drops all data from now on but keeps the connections open, like a pulled cable. */
  block(): void;
  unblock(): void;
  /**
   * Cuts the next connection that commits a write: before the commit arrives, or after, with its answer lost. With `saying`
   * that of a transaction in which this text was sent, so that another that happens to commit goes through.
   */
  loseNextCommit(which: CommitLoss, saying?: string): void;
  /** Cuts the next connection that sends this query. */
  cutAt(asked: string): void;
  close(): Promise<void>;
}

interface Road {
  readonly client: Socket;
  readonly server: Socket;
  writes: boolean;
  /** Everything that the transaction has sent. */
  said: string;
  losesAnswer: boolean;
  /** The answers that were not passed on. */
  lost: string;
}

export async function openProxy(databaseUrl: string): Promise<Proxy> {
  const target = new URL(databaseUrl);
  const roads = new Set<Road>();
  let blocked = false;
  let loss: { readonly which: CommitLoss; readonly saying: string } | null = null;
  let fatal: string | null = null;

  function end(road: Road): void {
    roads.delete(road);
    road.client.destroy();
    road.server.destroy();
  }

  /** Returns false if the message must not be passed on. */
  function mayPass(road: Road, message: Buffer): boolean {
    if (fatal !== null && message.includes(fatal)) {
      fatal = null;
      end(road);
      return false;
    }
    // Reads commit too, at another isolation level.
    if (message.includes('begin isolation level')) {
      road.writes = message.includes('read committed');
      road.said = '';
    }
    road.said += message.toString('latin1');
    if (loss === null || !road.writes || !message.includes('commit\0')) return true;
    if (!road.said.includes(loss.saying)) return true;
    road.losesAnswer = loss.which === 'after';
    if (loss.which === 'before') end(road);
    loss = null;
    return road.losesAnswer;
  }

  const listener = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    const road: Road = { client, server, writes: false, said: '', losesAnswer: false, lost: '' };
    roads.add(road);
    client.on('data', (message) => {
      if (!blocked && mayPass(road, message)) server.write(message);
    });
    server.on('data', (message) => {
      if (road.losesAnswer) {
        // Answers to what was sent together with the commit may come before.
        road.lost += message.toString('latin1');
        if (road.lost.includes('COMMIT\0')) end(road);
      } else if (!blocked) client.write(message);
    });
    for (const socket of [client, server]) socket.on('error', () => end(road)).on('close', () => end(road));
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((listener.address() as AddressInfo).port);
  return {
    url: url.href,
    cut: () => roads.forEach(end),
    block: () => (blocked = true),
    unblock: () => (blocked = false),
    loseNextCommit: (which, saying = '') => (loss = { which, saying }),
    cutAt: (asked) => (fatal = asked),
    async close() {
      roads.forEach(end);
      listener.close();
      await once(listener, 'close');
    },
  };
}
