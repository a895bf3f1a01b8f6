import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How many may wait to be let in, where the system allows it. Whoever finds no place there tries again a second later. */
const BACKLOG = 4_096;

/** Where to listen, and which settings say so. */
export interface Listening {
  readonly port: number;
  readonly host: string;
  readonly settings: { readonly port: string; readonly host: string };
}

/** The address or the port is not to be had. Told apart from what a database that is out of reach makes Node say. */
export class CannotListen extends Error {
  readonly at: Listening;
  readonly code: string;

  constructor(at: Listening, cause: NodeJS.ErrnoException) {
    super(cause.message, { cause });
    this.name = 'CannotListen';
    this.at = at;
    this.code = cause.code ?? '';
  }
}

export function listen(server: Server, at: Listening): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(new CannotListen(at, error));
    server.once('error', fail);
    server.listen({ port: at.port, host: at.host, backlog: BACKLOG }, () => {
      server.off('error', fail);
      resolve(server.address() as AddressInfo);
    });
  });
}
