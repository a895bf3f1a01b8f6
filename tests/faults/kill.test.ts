import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createDice, type Dice } from '../../server/demo/dice.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { launchServer, type Place, runCommand, startServer } from '../support/server-process.ts';
import { ENGINES } from '../support/stores.ts';
import { Clients } from './clients.ts';
import { chosenSeed, KILLS } from './options.ts';
import { differences, NO_DIFFERENCES } from './truth.ts';
import { ask, foundVillage } from './working-village.ts';

const VERIFY_BY_COMMAND_EVERY = 5;

/** Lesson 22: nothing is acknowledged before it is durable in the one store, and whoever asks again is told the truth. */
describe.each(ENGINES)('the server killed under load, on $engine', ({ engine, missing }) => {
  const closings: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closings.splice(0).reverse()) await close();
  });

  it.skipIf(missing)(
    `keeps every answered write once, ${String(KILLS)} kills`,
    { timeout: 120_000 + KILLS * 15_000 },
    async () => {
      const dice = createDice(chosenSeed(`kills on ${engine}`));
      const folder = mkdtempSync(join(tmpdir(), 'jishan-kill-'));
      closings.push(() => rmSync(folder, { recursive: true, force: true }));
      const database = engine === 'postgres' ? await createTestDatabase() : null;
      closings.push(() => database?.drop());
      const place: Place = { dataDir: join(folder, 'data'), databaseUrl: database?.url };
      let server = await startServer(place);
      closings.push(() => server.kill());
      const village = await foundVillage(server.url);
      const clients = new Clients(village, dice);
      clients.url = server.url;
      let cutOff = 0;

      for (let kill = 1; kill <= KILLS; kill++) {
        const from = clients.intents.length;
        const ending = new AbortController();
        const working = clients.work(ending.signal);
        await sleep(dice.between(20, 600));
        await server.kill();
        ending.abort();
        await working;
        cutOff += clients.unanswered();
        if (dice.percent(20)) await killWhileStarting(place, dice);
        server = await startServer(place);
        clients.url = server.url;

        expect(await clients.askAgain(from)).toEqual([]);
        expect(clients.unanswered()).toBe(0);
        expect(await differences(place, clients.intents)).toEqual(NO_DIFFERENCES);
        await expectVerified(place, server.url, kill);
      }
      expect(await clients.askAgain()).toEqual([]);
      expect(await differences(place, clients.intents)).toEqual(NO_DIFFERENCES);
      const done = clients.intents.filter(({ answer }) => answer?.status === 200).length;
      expect(done).toBeGreaterThan(KILLS);
      console.info(
        `${engine}: ${KILLS} kills, ${clients.intents.length} writes, ${done} done and kept; ` +
          `${cutOff} were cut off and asked again`,
      );
      async function expectVerified(at: Place, url: string, kill: number): Promise<void> {
        if (kill % VERIFY_BY_COMMAND_EVERY === 0 || kill === KILLS) {
          const { code, errors } = await runCommand(at, 'verify');
          expect({ code, errors }).toMatchObject({ code: 0 });
          return;
        }
        await village.keyring.logIn(url, 'maker');
        const as = village.keyring.of('maker');
        expect(await ask<'ledger.verify'>(url, 'ledger.verify', { as })).toMatchObject({
          ok: true,
          bad: null,
        });
      }
    },
  );
});

/** Also the repair after a kill may be killed. */
async function killWhileStarting(place: Place, dice: Dice): Promise<void> {
  const server = launchServer(place);
  await Promise.race([server.origin, sleep(dice.between(100, 900))]);
  await server.kill();
}
