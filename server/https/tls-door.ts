import type { Server } from 'node:https';
import type { Logger } from 'pino';
import { faultOf } from '../redact-error.ts';
import { BadCertificate, type HttpsFiles } from './https-files.ts';

export interface TlsDoorOptions {
  readonly server: Server;
  readonly files: Pick<HttpsFiles, 'inUse' | 'version'>;
  /** Begins to listen, and answers the port. */
  readonly listen: (server: Server) => Promise<number>;
  /** Whether somebody set the port: then a port that is taken ends the start. */
  readonly mustListen: boolean;
  readonly logger: Logger;
  readonly lookEveryMs?: number;
}

/** The second port. It opens as soon as there is a certificate, and takes a new one without a restart. */
export interface TlsDoor {
  /** The port where it listens; null if it does not. */
  readonly port: () => number | null;
  stop(): void;
}

const LOOK_EVERY_MS = 2_000;

/** Opens the door if there is a certificate. Files that settings name must be right; of what was made here plain http does not depend. */
export async function openTlsDoor(options: TlsDoorOptions): Promise<TlsDoor> {
  const { server, files, listen, mustListen, logger, lookEveryMs = LOOK_EVERY_MS } = options;
  let port: number | null = null;
  let seen = '';

  async function look(): Promise<void> {
    const version = files.version();
    if (version === seen) return;
    seen = version;
    const inUse = files.inUse();
    if (inUse === null) return;
    const { cert, key } = inUse;
    server.setSecureContext({ cert, key, minVersion: 'TLSv1.2' });
    if (!server.listening) port = await listen(server);
    else logger.info('https goes on with another certificate');
  }

  try {
    await look();
  } catch (error) {
    const isTheirs = error instanceof BadCertificate ? error.isGiven : mustListen;
    if (isTheirs) throw error;
    logger.error({ err: faultOf(error) }, 'https is not served');
  }
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    look()
      .catch((error: unknown) => logger.error({ err: faultOf(error) }, 'https goes on as it was'))
      .finally(() => (isLooking = false));
  }, lookEveryMs).unref();
  return { port: () => port, stop: () => clearInterval(timer) };
}
