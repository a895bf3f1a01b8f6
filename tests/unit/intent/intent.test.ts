import { describe, expect, it } from 'vitest';
import { readProblem, type Outcome } from '../../../client/api/outcome.ts';
import { createIntent, type IntentParts, type LeftOpen } from '../../../client/intent/intent.ts';

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

/** An intent that meets these outcomes one after the other; what it sent and kept is noted. */
function intentMeeting(outcomes: Answer[], parts: Partial<IntentParts<Delivery, string>> = {}) {
  const sent: { key: string; pieces: number }[] = [];
  const booked: { pieces: number; wasLeft: boolean }[] = [];
  const disk = new Map<string, LeftOpen<Delivery>>();
  const intent = createIntent<Delivery, string>({
    send({ pieces }, key) {
      sent.push({ key, pieces });
      return Promise.resolve(outcomes.shift() ?? done);
    },
    keep: (what) => Promise.resolve(disk.set(what.key, what).has(what.key)),
    settle: (key) => Promise.resolve(disk.delete(key)).then(() => undefined),
    booked: (_, { content }, wasLeft) => void booked.push({ pieces: content.pieces, wasLeft }),
    attemptsMax: 2,
    now: () => 1000,
    wait: () => Promise.resolve(),
    ...parts,
  });
  return { intent, sent, booked, disk, keys: () => new Set(sent.map(({ key }) => key)).size };
}

describe('one intent, one key', () => {
  it('asks the same again by itself when the answer was lost', async () => {
    const { intent, sent, booked, keys } = intentMeeting([lost, done]);
    expect(await intent.run({ pieces: 10 })).toBe('done');
    expect([sent.length, keys()]).toEqual([2, 1]);
    expect(intent.failure).toBeNull();
    expect(booked).toEqual([{ pieces: 10, wasLeft: false }]);
  });

  it('locks the content until its outcome is known: a delivery of 10 changed to 12 is never 22', async () => {
    const { intent, sent, booked, keys } = intentMeeting([lost, lost, done]);
    expect(await intent.run({ pieces: 10 })).toBeNull();
    expect(intent.unclear).toEqual({ pieces: 10 });
    expect(await intent.run({ pieces: 12 })).toBe('done');
    expect(sent.map(({ pieces }) => pieces)).toEqual([10, 10, 10]);
    expect(keys()).toBe(1);
    expect(booked).toEqual([{ pieces: 10, wasLeft: true }]);
    expect(intent.unclear).toBeNull();
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
    expect(intent.unclear).toBeNull();
    expect(await intent.run({ pieces: 13 })).toBe('done');
    expect(sent.map(({ pieces }) => pieces)).toEqual([10, 12, 13]);
    expect(keys()).toBe(1);
  });

  it('mints another key after a booking, after a conflict, and when begun anew on purpose', async () => {
    const { intent, keys } = intentMeeting([done, conflict, lost, lost, done]);
    await intent.run({ pieces: 1 });
    await intent.run({ pieces: 2 });
    expect(intent.failure).toBe(conflict);
    await intent.run({ pieces: 3 });
    expect(intent.unclear).toEqual({ pieces: 3 });
    await intent.beginAnew();
    expect(intent.unclear).toBeNull();
    expect(await intent.run({ pieces: 4 })).toBe('done');
    expect(keys()).toBe(4);
  });

  it('says so when an earlier sending had been booked, and ends', async () => {
    let outdated = 0;
    const { intent } = intentMeeting([conflict], { bookedOtherwise: () => void (outdated += 1) });
    expect(await intent.run({ pieces: 1 })).toBeNull();
    expect([outdated, intent.failure, intent.unclear]).toEqual([1, conflict, null]);
  });

  it('sends once while a sending is under way, and frees itself when sending throws', async () => {
    const { intent, sent } = intentMeeting([done]);
    const [one, two] = await Promise.all([intent.run({ pieces: 1 }), intent.run({ pieces: 1 })]);
    expect([one, two, sent.length]).toEqual(['done', null, 1]);
    const broken = createIntent<number, string>({ send: () => Promise.reject(new Error('broken')) });
    await expect(broken.run(1)).rejects.toThrow('broken');
    expect(broken.busy).toBe(false);
  });

  it('forgets a refusal when the screen is opened afresh, and never what is unclear', async () => {
    const { intent } = intentMeeting([refused, lost, lost]);
    await intent.run({ pieces: 1 });
    intent.reset();
    expect(intent.failure).toBeNull();
    await intent.run({ pieces: 1 });
    intent.reset();
    expect([intent.failure, intent.unclear]).toEqual([lost, { pieces: 1 }]);
  });
});

describe('an intent that is kept', () => {
  it('is on the disk before it is sent, and until it is known what became of it', async () => {
    const onDisk: number[] = [];
    const outcomes = [lost, lost, refused, done];
    const { intent, disk } = intentMeeting([], {
      send() {
        onDisk.push(disk.size);
        return Promise.resolve(outcomes.shift() ?? done);
      },
    });
    await intent.run({ pieces: 10 });
    expect([onDisk, disk.size]).toEqual([[1, 1], 1]);
    await intent.ask();
    expect([intent.failure, disk.size]).toEqual([refused, 0]);
    await intent.run({ pieces: 10 });
    expect([onDisk, disk.size]).toEqual([[1, 1, 1, 1], 0]);
  });

  it('is not left for the next page when it is certain that nothing was booked', async () => {
    const { intent, disk } = intentMeeting([busy]);
    await intent.run({ pieces: 10 });
    expect([intent.unclear, disk.size]).toEqual([null, 0]);
  });

  it('stays on the disk until the screen has heard that it was booked', async () => {
    const seen: number[] = [];
    const { intent, disk } = intentMeeting([done], { booked: () => void seen.push(disk.size) });
    await intent.run({ pieces: 10 });
    expect([seen, disk.size]).toEqual([[1], 0]);
  });

  it('is gone when it is given up, and what comes next has another key', async () => {
    const { intent, disk, keys } = intentMeeting([lost, lost, done]);
    await intent.run({ pieces: 10 });
    await intent.beginAnew();
    expect(disk.size).toBe(0);
    await intent.run({ pieces: 10 });
    expect(keys()).toBe(2);
  });

  it('is asked about by the next page under its own key and with its own content', async () => {
    const left = { key: 'before', content: { pieces: 10 }, sentAtMs: 7 };
    const { intent, sent, booked } = intentMeeting([done], { left: Promise.resolve(left) });
    // Faster than the disk: what was left comes first all the same.
    expect(await intent.run({ pieces: 12 })).toBe('done');
    expect(sent).toEqual([{ key: 'before', pieces: 10 }]);
    expect(booked).toEqual([{ pieces: 10, wasLeft: true }]);
  });

  it('says since when nobody knows', async () => {
    const left = { key: 'before', content: { pieces: 10 }, sentAtMs: 7 };
    const { intent } = intentMeeting([], { left: Promise.resolve(left) });
    expect(intent.unclearSinceMs).toBeNull();
    await intent.opened;
    expect([intent.unclearSinceMs, intent.key]).toEqual([7, 'before']);
  });
});

describe('a disk that refuses what is sent', () => {
  const refusing = { keep: () => Promise.resolve(false) };

  it('11: holds nothing up, and is told of while the sending is unclear: the next page would not know of it', async () => {
    const { intent, booked } = intentMeeting([lost, lost, done], refusing);
    await intent.run({ pieces: 10 });
    expect([intent.unclear, intent.isUnkept]).toEqual([{ pieces: 10 }, true]);
    expect(await intent.ask()).toBe('done');
    expect([booked.length, intent.isUnkept]).toEqual([1, false]);
  });

  it('11: is not told of where nothing is unclear, was kept, or was not meant to be', async () => {
    const { intent } = intentMeeting([refused], refusing);
    await intent.run({ pieces: 10 });
    expect(intent.isUnkept).toBe(false);
    for (const parts of [{}, { keep: () => Promise.resolve(null) }]) {
      const { intent: other } = intentMeeting([lost, lost], parts);
      await other.run({ pieces: 10 });
      expect([other.unclear, other.isUnkept]).toEqual([{ pieces: 10 }, false]);
    }
  });
});
