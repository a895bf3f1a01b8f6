import type { Engine } from '../../db/index.ts';
import { type ServedOptions, serveOver, type TestServer } from './served.ts';
import { openTestStore } from './stores.ts';

export * from './served.ts';

/** A fresh database with one village and its administrator, and the server in front of it. */
export async function startTestServer(engine: Engine, options: ServedOptions = {}): Promise<TestServer> {
  return serveOver(await openTestStore(engine), options);
}
