import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createDice } from '../../server/demo/dice.ts';
import { THINGS_AN_ACT } from '../../shared/acts/act.ts';
import type { FoundingPaper } from '../../shared/imports/papers.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { openRaw } from '../support/raw.ts';
import { addressOf, type AnswerOf, newKey, requestOf } from '../support/server.ts';
import { type Place, runCommand, startServer } from '../support/server-process.ts';
import { ENGINES } from '../support/stores.ts';
import { chosenSeed, KILLS } from './options.ts';
import { ask, foundVillage, type WorkingVillage } from './working-village.ts';

const ROWS = 900;
/** Each of them reads a paper, and starts the server anew. */
const CUTS = Math.ceil(KILLS / 2);

/** A roster, and the balances of its households: one after the other, each for people of its own. */
function paperOf(round: number): { kind: FoundingPaper; body: Buffer } {
  const isRoster = round % 2 === 0;
  const lines = Array.from({ length: ROWS }, (_, n) => {
    const number = String(10_000 + Math.floor(round / 2) * ROWS + n);
    return isRoster
      ? `${number},第${String(n % 9)}组,赵${number},4`
      : `${number},赵${number},${String(n + 1)}`;
  });
  const header = isRoster ? '户号,村民小组,户主,人口' : '户号,户主,余额';
  return { kind: isRoster ? 'roster' : 'balances', body: Buffer.from([header, ...lines].join('\n')) };
}

describe.each(ENGINES)('an import whose server is killed, on $engine', ({ engine, missing }) => {
  const closings: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closings.splice(0).reverse()) await close();
  });

  it.skipIf(missing)(
    `is there wholly or not at all, and is written once when it is sent again, ${String(CUTS)} kills`,
    { timeout: 120_000 + CUTS * 20_000 },
    async () => {
      const dice = createDice(chosenSeed(`kills of imports on ${engine}`));
      const folder = mkdtempSync(join(tmpdir(), 'jishan-import-kill-'));
      closings.push(() => rmSync(folder, { recursive: true, force: true }));
      const database = engine === 'postgres' ? await createTestDatabase() : null;
      closings.push(() => database?.drop());
      const place: Place = { dataDir: join(folder, 'data'), databaseUrl: database?.url };
      let server = await startServer(place);
      closings.push(() => server.kill());
      const village = await foundVillage(server.url);
      let before = await counted(place);
      const outcomes: string[] = [];

      for (let round = 0; round < CUTS; round++) {
        const { kind, body } = paperOf(round);
        const sent = { as: village.keyring.of('maker') };
        const read = { ...sent, params: { kind }, query: { filename: 'paper.csv' }, body };
        const { id } = await ask<'imports.read'>(server.url, 'imports.read', read);
        const commit = { ...sent, params: { id }, key: newKey() };
        const cut = fetch(
          `${server.url}${addressOf('imports.commit', commit)}`,
          requestOf('imports.commit', commit),
        )
          .then((response) => response.status)
          .catch(() => null);
        // Now and then when all rows are ready: it is being made true then.
        await untilShare(server.url, village, id, dice.percent(40) ? 1 : dice.between(0, 90) / 100);
        await server.kill();
        const status = await cut;

        server = await startServer(place);
        await village.keyring.logIn(server.url, 'maker');
        const after = await counted(place);
        const whole = sumOf(before, kind);
        const stands = after.households === before.households && after.entries === before.entries;
        expect(after, `round ${String(round)}`).toEqual(stands ? before : whole);
        if (status === 200) expect(after).toEqual(whole);
        outcomes.push(stands ? 'not at all' : 'wholly');

        const again = { ...commit, as: village.keyring.of('maker') };
        const answer = await ask<'imports.commit'>(server.url, 'imports.commit', again);
        expect(answer.result).toMatchObject({ created: ROWS, updated: 0 });
        expect(await counted(place)).toEqual(whole);
        before = whole;
      }
      console.info(`${engine}: ${outcomes.join(', ')}`);
      const { code, errors } = await runCommand(place, 'verify');
      expect({ code, errors }).toMatchObject({ code: 0 });
    },
  );
});

interface Counts {
  readonly households: number;
  readonly cards: number;
  readonly entries: number;
}

async function counted(place: Place): Promise<Counts> {
  const raw = await openRaw(place);
  try {
    const count = async (table: string) =>
      Number((await raw.rows(`select count(*) as n from ${table}`))[0]?.n);
    return {
      households: await count('households'),
      cards: await count('cards'),
      entries: await count('journal'),
    };
  } finally {
    await raw.close();
  }
}

/** The act of the import is one more entry, and so is each part of what it brought. */
function sumOf({ households, cards, entries }: Counts, kind: FoundingPaper): Counts {
  return kind === 'roster'
    ? { households: households + ROWS, cards: cards + ROWS, entries: entries + 1 + ROWS / THINGS_AN_ACT }
    : { households, cards, entries: entries + ROWS + 1 };
}

/** Asks until so much of the import is ready, or it is done. */
async function untilShare(url: string, village: WorkingVillage, id: string, share: number): Promise<void> {
  const as = village.keyring.of('maker');
  for (;;) {
    const state: AnswerOf<'imports.get'> = await ask<'imports.get'>(url, 'imports.get', {
      as,
      params: { id },
    });
    if (state.state === 'committed') return;
    if (state.progress && state.progress.done >= share * state.progress.total) return;
  }
}
