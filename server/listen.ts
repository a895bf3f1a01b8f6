import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * How many connections may wait to be accepted, if the system allows it. A caller who finds no place tries again a
 * second later.
 */
const BACKLOG = 4_096;

/** The address to listen on, and the settings that name it. */
export interface Listening {
  readonly port: number;
  readonly host: string;
  readonly settings: { readonly port: string; readonly host: string };
}

/**
 * The address or the port cannot be used. A class of its own, because an unreachable database makes Node throw the
 * same codes.
 */
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
