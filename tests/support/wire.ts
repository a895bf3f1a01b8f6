import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A wire to a server that keeps what goes to it, to the byte. */
export interface Wire {
  readonly origin: string;
  /** Bodies of the requests that begin with these words, such as `POST /api/v1/pictures/`. */
  bodies(request: string): Buffer[];
  stop(): Promise<void>;
}

export async function tapWire(origin: string): Promise<Wire> {
  const { hostname, port } = new URL(origin);
  const heard: Buffer[][] = [];
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    heard.push(chunks);
    near.on('data', (chunk) => chunks.push(chunk));
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies: (request) => heard.flatMap((chunks) => bodiesIn(Buffer.concat(chunks), request)),
    async stop() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function bodiesIn(bytes: Buffer, request: string): Buffer[] {
  const found: Buffer[] = [];
  for (let at = bytes.indexOf(request); at >= 0; at = bytes.indexOf(request, at + 1)) {
    const start = bytes.indexOf('\r\n\r\n', at) + 4;
    const head = bytes.subarray(at, start).toString('latin1');
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    found.push(bytes.subarray(start, start + length));
  }
  return found;
}
