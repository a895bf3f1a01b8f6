/** The bar says one thing about the network: the one that matters most. */
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../client/api/index.ts';
import { askToKeep, lookAtStorage } from '../../../client/kiosk/outbox/kept-storage.ts';
import { readRow } from '../../../client/kiosk/outbox/read-row.ts';
import { type StripFacts, stripState, waitingOf } from '../../../client/kiosk/outbox/strip-state.ts';
import { createToldAnswers, outcomeOf, tallyOf } from '../../../client/kiosk/outbox/told-answers.ts';
import type { KeptAnswer, KeptRow } from '../../../client/outbox/outbox-disk.ts';
import type { OutboxRow } from '../../../shared/outbox/row.ts';

const NOW_MS = 1_000_000;
const BOOKED: KeptAnswer = { answer: 'late', entry: 5, marks: [], code: null };

function keptRow(change: Partial<OutboxRow> = {}, answer: KeptAnswer | null = null): KeptRow {
  const number = change.number ?? 1;
  const done = { how: 'here', atMs: NOW_MS, entry: null, signature: '' } as const;
  return {
    row: {
      ...{ device: 'd', number, key: `key-${number}`, kind: 'kiosk.redeem', body: '{}', shift: 's' },
      ...{ atMs: NOW_MS - 60_000, offsetMs: 0, copy: 1, before: '', hash: '', signature: '', done },
      ...change,
    },
    answer,
  };
}

const online = { isConnected: true, nowMs: NOW_MS };

describe('the rows that wait', () => {
  it('are those without a last answer; shifts are told apart', () => {
    const rows = [
      keptRow({ number: 1 }),
      keptRow({ number: 2 }, { ...BOOKED, answer: 'waiting', entry: null }),
      keptRow({ number: 3 }, BOOKED),
      keptRow({ number: 4, kind: 'kiosk.beginShift', atMs: 7 }),
    ];
    const waiting = waitingOf(rows, online);
    expect(waiting.rows.map(({ row }) => row.number)).toEqual([1, 2, 4]);
    expect(waiting).toMatchObject({ handOvers: 2, oldestAtMs: 7 });
  });

  it('do not flicker with the network: a fresh one is on its way', () => {
    const fresh = keptRow({ atMs: NOW_MS - 500 });
    expect(waitingOf([fresh], online).rows).toEqual([]);
    expect(waitingOf([fresh], { ...online, isConnected: false }).rows).toEqual([fresh]);
    // The clock was set back since.
    expect(waitingOf([keptRow({ atMs: NOW_MS + 3_600_000 })], online).rows).toHaveLength(1);
  });
});

describe('the strip', () => {
  const none = waitingOf([], online);
  const one = waitingOf([keptRow()], online);
  const blockedBy: Failure = { kind: 'unknown', reason: 'unreachable' };
  const facts: StripFacts = {
    ...{ isConnected: true, blockedBy: null, mayHandOut: 'yes', waiting: none, offsetMs: 0 },
    ...{ goneTo: null, hasMoved: false },
    tally: tallyOf([]),
  };
  const told = tallyOf([keptRow({}, BOOKED)]);

  it.each([
    ['fine', {}],
    ['offline', { isConnected: false, waiting: one, blockedBy, tally: told, offsetMs: 9e6 }],
    ['blocked', { waiting: one, blockedBy, tally: told }],
    ['sending', { waiting: one, tally: told }],
    ['held', { waiting: waitingOf([keptRow({}, { ...BOOKED, answer: 'waiting', entry: null })], online) }],
    ['told', { tally: told, offsetMs: 9e6 }],
    ['clock', { offsetMs: -9e6 }],
    ['moved', { hasMoved: true, isConnected: false, waiting: one }],
    ['gone', { goneTo: 'https://new.example', hasMoved: true, isConnected: false }],
    ['fine', { offsetMs: 120_000 }],
    ['fine', { offsetMs: null }],
    ['fine', { blockedBy }],
  ] as const)('is %s by %j', (is, change) => {
    expect(stripState({ ...facts, ...change }).is).toBe(is);
  });
});

describe('the answers to tell', () => {
  const stored = () => {
    const kept = new Map<string, string>();
    return {
      kept,
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => void kept.set(name, value),
    };
  };

  it('are those to what was done without one, until somebody has seen them', () => {
    const storage = stored();
    const rows = [
      keptRow({ number: 1 }, BOOKED),
      keptRow({ number: 2, done: null }, { ...BOOKED, answer: 'booked' }),
      keptRow({ number: 3, kind: 'kiosk.endShift' }, BOOKED),
      keptRow({ number: 4 }),
    ];
    const told = createToldAnswers(storage);
    expect(told.among(rows).map(({ row }) => row.number)).toEqual([1]);
    told.see(told.among(rows), rows);
    expect(told.among(rows)).toEqual([]);
    expect(createToldAnswers(storage).among(rows)).toEqual([]);
    // A row that has been answered since is new.
    expect(told.among([...rows, keptRow({ number: 5 }, BOOKED)])).toHaveLength(1);
  });

  it('forget rows that the device has forgotten', () => {
    const storage = stored();
    const told = createToldAnswers(storage);
    const [first, second] = [keptRow({ number: 1 }, BOOKED), keptRow({ number: 2 }, BOOKED)];
    told.see([first], [first]);
    told.see([second], [second]);
    expect(storage.kept.get('jishan.kiosk.told')).toBe('["d key-2"]');
  });

  it('bear a spoilt note', () => {
    const storage = stored();
    storage.kept.set('jishan.kiosk.told', '{"half');
    expect(createToldAnswers(storage).among([keptRow({}, BOOKED)])).toHaveLength(1);
  });

  it('tell also what was given up and is booked all the same, and not what was given up', () => {
    const done = { how: 'given_up', atMs: 1, entry: null, signature: '' } as const;
    const told = createToldAnswers(stored());
    expect(told.among([keptRow({ done }, { ...BOOKED, marks: ['outbox.given_up'] })])).toHaveLength(1);
    expect(told.among([keptRow({ done }, { ...BOOKED, answer: 'declined', entry: null })])).toEqual([]);
  });

  it('are counted as booked, to be looked at, and not booked', () => {
    const rows = [
      keptRow({}, BOOKED),
      keptRow({}, { ...BOOKED, marks: ['goods.limit'] }),
      keptRow({}, { ...BOOKED, answer: 'refused', entry: null }),
    ];
    expect(rows.map(outcomeOf)).toEqual(['booked', 'marked', 'refused']);
    expect(tallyOf(rows)).toEqual({ all: 3, booked: 2, marked: 1, refused: 1 });
  });
});

describe('a row on the screen', () => {
  it('says what it holds, by the server’s clock', () => {
    const body = JSON.stringify({
      householdNumber: '064',
      points: 4000,
      lines: [{ goodsId: 'g', name: '大米', quantity: 2 }, null, { name: '无号' }],
    });
    expect(readRow(keptRow({ body, offsetMs: 500 }))).toMatchObject({
      ...{ kind: 'handOver', household: '064', points: 4000, atMs: NOW_MS + 500, how: 'here' },
      goods: [{ id: 'g', name: '大米', quantity: 2 }],
    });
    expect(readRow(keptRow({ kind: 'kiosk.undo', body })).points).toBe(-4000);
    expect(readRow(keptRow({ kind: 'kiosk.return', body }))).toMatchObject({ kind: 'return', points: -4000 });
  });

  it.each(['', 'half {', 'null', '5', '[]', '{"points":"many","lines":{},"householdNumber":7}'])(
    'bears the body %j',
    (body) => {
      expect(readRow(keptRow({ body, kind: 'later.kind' }))).toMatchObject({
        ...{ kind: 'other', household: '', goods: [], points: null },
      });
    },
  );
});

describe('the browser’s promise', () => {
  const storage = (is: { persisted: boolean; gives: boolean }) => ({
    persisted: () => Promise.resolve(is.persisted),
    persist: () => Promise.resolve(is.gives),
    estimate: () => Promise.resolve({ usage: 10, quota: 30 }),
  });

  it('is asked for where it was not given', async () => {
    expect(await askToKeep(storage({ persisted: false, gives: true }))).toBe(true);
    expect(await askToKeep(storage({ persisted: false, gives: false }))).toBe(false);
    expect(await askToKeep(undefined)).toBeNull();
  });

  it('is shown with the room that is left, where the browser says so', async () => {
    expect(await lookAtStorage(storage({ persisted: true, gives: true }))).toEqual({
      ...{ isKept: true, used: 10, left: 20 },
    });
    const refuses = () => Promise.reject(new Error('private window'));
    const shut = { persisted: refuses, persist: refuses, estimate: refuses };
    expect(await lookAtStorage(shut)).toEqual({ isKept: null, used: null, left: null });
    expect(await lookAtStorage(undefined)).toEqual({ isKept: null, used: null, left: null });
  });
});
