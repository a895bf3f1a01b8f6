import { describe, expect, it } from 'vitest';
import { readProblem, type Outcome } from '../../../client/api/outcome.ts';
import { createMemoryIntents, type IntentStore } from '../../../client/intent/intent-store.ts';
import { useIntent } from '../../../client/intent/use-intent.ts';

type Answer = Outcome<string>;
const done: Answer = { kind: 'answer', data: 'done', filename: null };
const lost: Answer = { kind: 'unknown', reason: 'unreachable' };
const problem = (code: string, kind: string): Answer => ({
  kind: 'problem',
  problem: readProblem(422, { code, kind, moved: 'no' }),
});
const refused = problem('ledger.points_short', 'refused');
const busy = problem('server.busy', 'retry');
const conflict = problem('idempotency.conflict', 'refused');

interface Delivery {
  readonly pieces: number;
}

/** An intent that meets these outcomes one after the other; what it sent is kept. */
function intentMeeting(outcomes: Answer[], store?: IntentStore) {
  const sent: { key: string; pieces: number }[] = [];
  const booked: { pieces: number; wasUnclear: boolean }[] = [];
  const intent = useIntent<Delivery, string>({
    send({ pieces }, key) {
      sent.push({ key, pieces });
      return Promise.resolve(outcomes.shift() ?? done);
    },
    ...(store ? { kept: { store, kind: 'goods.stockIn', owner: 'me' } } : {}),
    booked: (_, { pieces }, wasUnclear) => void booked.push({ pieces, wasUnclear }),
    attemptsMax: 2,
    now: () => 1000,
    wait: () => Promise.resolve(),
  });
  return { intent, sent, booked, keys: () => new Set(sent.map(({ key }) => key)).size };
}

describe('one intent, one key', () => {
  it('asks the same again by itself when the answer was lost', async () => {
    const { intent, sent, keys } = intentMeeting([lost, done]);
    expect(await intent.run({ pieces: 10 })).toBe('done');
    expect([sent.length, keys()]).toEqual([2, 1]);
    expect(intent.failure.value).toBeNull();
  });

  it('locks the content until its outcome is known: a delivery of 10 changed to 12 is never 22', async () => {
    const { intent, sent, booked, keys } = intentMeeting([lost, lost, done]);
    expect(await intent.run({ pieces: 10 })).toBeNull();
    expect(intent.unclear.value).toEqual({ pieces: 10 });
    expect(await intent.run({ pieces: 12 })).toBe('done');
    expect(sent.map(({ pieces }) => pieces)).toEqual([10, 10, 10]);
    expect(keys()).toBe(1);
    expect(booked).toEqual([{ pieces: 10, wasUnclear: true }]);
    expect(intent.unclear.value).toBeNull();
  });

  it('keeps what was sent as it was sent, whatever becomes of the form', async () => {
    const { intent, sent } = intentMeeting([lost, lost, done]);
    const form = { pieces: 10 };
    await intent.run(form);
    form.pieces = 12;
    await intent.ask();
    expect(sent.map(({ pieces }) => pieces)).toEqual([10, 10, 10]);
  });

  it('sends changed content under the same key after a refusal, and after "busy" that moved nothing', async () => {
    const { intent, sent, keys } = intentMeeting([refused, busy, done]);
    await intent.run({ pieces: 10 });
    await intent.run({ pieces: 12 });
    expect(intent.unclear.value).toBeNull();
    expect(await intent.run({ pieces: 13 })).toBe('done');
    expect(sent.map(({ pieces }) => pieces)).toEqual([10, 12, 13]);
    expect(keys()).toBe(1);
  });

  it('mints another key after a booking, after a conflict, and when begun anew on purpose', async () => {
    const { intent, keys } = intentMeeting([done, conflict, lost, lost, done]);
    await intent.run({ pieces: 1 });
    await intent.run({ pieces: 2 });
    expect(intent.failure.value).toBe(conflict);
    await intent.run({ pieces: 3 });
    expect(intent.unclear.value).toEqual({ pieces: 3 });
    await intent.beginAnew();
    expect(intent.unclear.value).toBeNull();
    expect(await intent.run({ pieces: 4 })).toBe('done');
    expect(keys()).toBe(4);
  });

  it('sends once while a sending is under way, and frees itself when sending throws', async () => {
    const { intent, sent } = intentMeeting([done]);
    const [one, two] = await Promise.all([intent.run({ pieces: 1 }), intent.run({ pieces: 1 })]);
    expect([one, two, sent.length]).toEqual(['done', null, 1]);
    const broken = useIntent<number, string>({ send: () => Promise.reject(new Error('broken')) });
    await expect(broken.run(1)).rejects.toThrow('broken');
    expect(broken.busy.value).toBe(false);
  });
});

describe('an intent that is kept', () => {
  it('is kept before it is sent, and settled when it is booked or refused', async () => {
    const store = createMemoryIntents();
    const open = async () => (await store.openOnes('goods.stockIn', 'me')).length;
    const { intent } = intentMeeting([lost, lost, refused, done], store);
    await intent.opened;
    await intent.run({ pieces: 10 });
    expect(await open()).toBe(1);
    await intent.ask();
    expect(await open()).toBe(0);
    await intent.run({ pieces: 10 });
    expect(await open()).toBe(0);
  });

  it('is asked about by the next page, under its own key and with its own content', async () => {
    const store = createMemoryIntents();
    const before = intentMeeting([lost, lost], store);
    await before.intent.run({ pieces: 10 });
    const after = intentMeeting([done], store);
    await after.intent.opened;
    await until(() => after.booked.length > 0);
    expect(after.sent).toEqual([before.sent[0]]);
    expect(after.booked).toEqual([{ pieces: 10, wasUnclear: true }]);
    expect(await store.openOnes('goods.stockIn', 'me')).toEqual([]);
  });

  it('is nobody else’s', async () => {
    const store = createMemoryIntents();
    await intentMeeting([lost, lost], store).intent.run({ pieces: 10 });
    expect(await store.openOnes('goods.stockIn', 'another')).toEqual([]);
    expect(await store.openOnes('proposals.create', 'me')).toEqual([]);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100 && !isSo(); turn += 1) await Promise.resolve();
  expect(isSo()).toBe(true);
}
