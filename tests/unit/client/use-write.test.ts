import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../client/api/outcome.ts';
import { readProblem } from '../../../client/api/outcome.ts';
import { useWrite } from '../../../client/ui/useWrite.ts';

type Answer = Outcome<string>;
const done: Answer = { kind: 'answer', data: 'done', filename: null };
const lost: Answer = { kind: 'unknown', reason: 'unreachable' };
const refused: Answer = { kind: 'problem', problem: readProblem(422, { code: 'ledger.points_short' }) };
const busy: Answer = { kind: 'problem', problem: readProblem(503, { code: 'server.busy' }) };

/** A write that meets these outcomes one after the other; the keys it sent are kept. */
function writeMeeting(outcomes: Answer[]) {
  const keys: string[] = [];
  const write = useWrite((_: string, key) => {
    keys.push(key);
    return Promise.resolve(outcomes.shift() ?? done);
  });
  return { write, keys };
}

describe('one intent, one key', () => {
  it.each([
    ['no answer came', lost],
    ['the server asks to try again', busy],
  ])('keeps the key when %s and the same is sent again', async (_, first) => {
    const { write, keys } = writeMeeting([first, done]);
    expect(await write.run('same')).toBeNull();
    expect(write.failure.value).toBe(first);
    expect(await write.run('same')).toBe('done');
    expect(keys[1]).toBe(keys[0]);
    expect(write.failure.value).toBeNull();
  });

  it('mints another for other content, after a refusal, and after success', async () => {
    const { write, keys } = writeMeeting([lost, refused, done, done]);
    await write.run('a');
    await write.run('b');
    await write.run('b');
    await write.run('b');
    expect(new Set(keys).size).toBe(4);
  });

  it('sends once while a sending is under way', async () => {
    const { write, keys } = writeMeeting([done]);
    const [first, second] = await Promise.all([write.run('a'), write.run('a')]);
    expect([first, second, keys.length]).toEqual(['done', null, 1]);
  });
});
