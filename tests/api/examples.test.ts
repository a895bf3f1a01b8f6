import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/operation.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import type { Example, RecordedAnswers } from '../../server/http/openapi/examples/index.ts';
import { ALL_EXAMPLES as EXAMPLES } from '../support/examples.ts';
import { openStage, type Stage } from '../support/examples.ts';
import { ENGINES } from '../support/stores.ts';

/**
 * The examples of the reference are what the server really answers. After a change that is meant:
 * JISHAN_RECORD=1 npx vitest run --project api tests/api/examples.test.ts
 * writes the answers down anew; look at the difference before you keep it.
 */
const RECORD = process.env.JISHAN_RECORD === '1';
const FILE = new URL('../../server/http/openapi/examples/answers.json', import.meta.url);
const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as RecordedAnswers;

/** A month that is over can be drawn from, and the story of the examples lasts a morning. */
const NOT_IN_A_MORNING: readonly unknown[] = [
  ...['recheck.month_open', 'recheck.not_drawn'],
  ...['reminder.state', 'deduction.too_late'],
];

it('every endpoint has an example that is done, and each example a name of its own', () => {
  // A write that takes two people is never done by one: it is shown how it asks for the second.
  const isShown = ({ refused }: (typeof EXAMPLES)[number]) =>
    refused === undefined || refused === 'change.needs_second' || NOT_IN_A_MORNING.includes(refused);
  const shown = new Set(EXAMPLES.filter(isShown).map(({ id }) => id));
  expect((Object.keys(ENDPOINTS) as EndpointId[]).filter((id) => !shown.has(id))).toEqual([]);
  expect(new Set(EXAMPLES.map(({ name }) => name)).size).toBe(EXAMPLES.length);
  if (!RECORD) expect(Object.keys(recorded)).toEqual(EXAMPLES.map(({ name }) => name));
});

describe.each(ENGINES)('the examples on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('are answered as the reference says', () => {
    let stage: Stage;
    const played: Record<string, unknown> = {};
    beforeAll(async () => {
      stage = await openStage(engine);
    });
    afterAll(async () => {
      await stage.close();
      if (RECORD && engine === 'sqlite') writeFileSync(FILE, await laidOut(played));
    });

    it.each(EXAMPLES)('$name: $id', async (example) => {
      const answer = await playOn(stage, example);
      played[example.name] = answer;
      const { status, body } = answer;
      const operation: Operation = OPERATIONS[example.id];
      const refusal = example.refused === undefined ? undefined : (body as { code: string }).code;
      expect([status >= 400, refusal, answer]).toEqual([
        example.refused !== undefined,
        example.refused,
        answer,
      ]);
      if (example.refused === undefined && typeof operation.response !== 'string')
        expect(operation.response.parse(body)).toEqual(body);
      if (!RECORD && example.alone !== true) expect(answer).toEqual(recorded[example.name]);
    });
  });

  async function playOn(stage: Stage, example: Example) {
    if (example.alone !== true) return stage.play(example);
    const own = await openStage(engine);
    try {
      return await own.play(example);
    } finally {
      await own.close();
    }
  }
});

/** Formats the JSON with the project's formatter, so that the recorded file passes the format check. */
async function laidOut(answers: unknown): Promise<string> {
  const filepath = fileURLToPath(FILE);
  return format(JSON.stringify(answers), { ...(await resolveConfig(filepath)), filepath });
}
