/**
 * The reference for requests through HTTP: the same app, callers, limits and log, with one endpoint that takes an
 * authenticated, validated POST and does nothing.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { openStore } from '../../db/index.ts';
import { keysFor } from '../../server/config.ts';
import { createHttpApp, createLogger } from '../../server/http/index.ts';
import { createHouseholdSessions } from '../../server/identity/index.ts';
import { createStaffSessions } from '../../server/staff/index.ts';
import { createRandom } from '../../server/random.ts';
import { kioskResolver } from '../../server/kiosk/index.ts';

const { DATA_DIR: dataDir = '', DATABASE_URL: databaseUrl } = process.env;
const store = await openStore({ dataDir, databaseUrl });
const random = createRandom();
const keys = keysFor({ current: 'the reference signs nothing, so any text will do', previous: [] }, 'none');
const answer = { proof: 'none', expiresAtMs: 0 };
const { app } = createHttpApp({
  store,
  clock: Date.now,
  random,
  logger: createLogger({ terminal: false, level: process.env.LOG_LEVEL }),
  resolvers: {
    staff: createStaffSessions(keys, random).resolver,
    household: createHouseholdSessions(random).resolver,
    kiosk: kioskResolver(store),
  },
  answerKeys: keys,
  bookActs: () => Promise.resolve(),
  handlers: { 'kiosk.checkPin': () => Promise.resolve(answer) },
  version: '0',
  trustProxy: false,
  spoolPlace: { folder: dataDir, leaveBytes: () => 0 },
});
const server = createServer({ requestTimeout: 120_000, keepAliveTimeout: 65_000 }, app);
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port} Ctrl-C\n`);
});
process.on('SIGTERM', () => process.exit(0));
