import { shallowRef } from 'vue';
import { describe, expect, it, vi } from 'vitest';
import type { CopiedHousehold } from '../../../client/copy/copied-household.ts';
import type { VillageCopy } from '../../../client/copy/copy.ts';
import type { Station } from '../../../client/kiosk/composables/station.ts';
import { createWithoutServer } from '../../../client/kiosk/ports/without-server.ts';
import type { KeptRow } from '../../../client/outbox/outbox-disk.ts';
import { household, shelf } from './counter/shop-of-three.ts';
import { keptRedeem, keptUndo } from './kept-rows.ts';

const NOW = 1_000_000;
const DAY_MS = 86_400_000;
const LIMITS = { householdHundredths: 2000, kioskHundredths: 5000 };

const COPIED: CopiedHousehold = {
  ...{ id: 'A', number: '001', name: '王*明', group: '第一组', balance: 5000, redeemedToday: 300 },
  remaining: [{ goodsId: 'salt', pieces: 5 }],
  ...{ cardIssuedAtMs: NOW - 2 * DAY_MS, entry: 10 },
};

interface Around {
  readonly rows?: readonly KeptRow[];
  readonly limits?: typeof LIMITS | null;
  readonly isSigning?: boolean;
  readonly found?: CopiedHousehold | null;
  readonly isTooOld?: boolean;
  readonly hasCopy?: boolean;
  readonly isKept?: boolean;
  readonly pin?: () => Promise<'right' | 'wrong' | 'wait' | 'notKept'>;
  readonly onDuty?: string;
  /** The server's time as the device believes it. */
  readonly serverMs?: number;
  readonly timeZone?: string;
}

function alone(around: Around = {}) {
  const {
    rows = [],
    limits = LIMITS,
    isSigning = true,
    found = COPIED,
    isTooOld = false,
    hasCopy = true,
  } = around;
  const { isKept = true, pin = () => Promise.resolve('right' as const), onDuty = 'v1' } = around;
  const { serverMs = NOW, timeZone = 'Asia/Shanghai' } = around;
  const kept = shallowRef(rows);
  const append = vi.fn(() => Promise.resolve({ isKept, rowNumber: 1 }));
  const copy = {
    standing: () => ({ asOfMs: 900_000, isTooOld, rules: { timeZone } }),
    byCard: (code: string) => Promise.resolve(code === '90000' ? found : null),
    byNumber: (number: string) => Promise.resolve(number === '001' ? found : null),
    find: (name: string) =>
      Promise.resolve(isTooOld ? null : { items: name === '王' && found ? [found] : [], more: false }),
    goods: () => [...shelf().values()],
    isOwn: (volunteer: string, id: string) => volunteer === 'v2' && id === 'A',
    checkVolunteer: pin,
  } as unknown as VillageCopy;
  const state = shallowRef({
    village: { withoutNetwork: limits },
    shift: { volunteerId: onDuty },
    volunteers: [{ id: 'v1', name: '张志愿' }],
  });
  let key = 0;
  const without = createWithoutServer({
    outbox: { rows: kept, isSigning: () => isSigning, append },
    copy: () => (hasCopy ? copy : null),
    opened: () => Promise.resolve(),
    station: { state } as unknown as Station,
    now: () => NOW,
    serverMs: () => serverMs,
    newKey: () => `key-${(key += 1)}`,
  });
  return { without, kept, append };
}

describe('the amounts without the server', () => {
  it('are those of the village, less what was handed out here and is not booked', () => {
    const limits = alone({
      rows: [
        keptRedeem('a', { done: 'here' }),
        keptRedeem('undone', { done: 'here' }),
        keptUndo('u', 'undone', { done: 'here' }),
        keptRedeem('b', { done: 'here', content: { householdId: 'B' } }),
        keptRedeem('yesterday', { done: 'here', atMs: NOW - DAY_MS }),
        keptRedeem('booked', { done: 'server', answer: 'booked', entry: 4 }),
        keptRedeem('booked before', { done: 'server', answer: 'booked', entry: 3, atMs: NOW - DAY_MS }),
        keptRedeem('asks', {}),
        keptRedeem('given up', { done: 'given_up' }),
      ],
    }).without.limits();
    expect([limits?.household, limits?.left]).toEqual([2000, 5000 - 2400]);
    // The server counts undone hand-overs towards the day and the kiosk's sum, too.
    expect([limits?.spentHere('A'), limits?.spentHere('B'), limits?.spentHere('C')]).toEqual([1200, 600, 0]);
    expect([limits?.bookedHere('A'), limits?.bookedHere('B')]).toEqual([600, 0]);
  });

  it('are none where this device cannot sign or holds no copy, or the village has told none', () => {
    for (const around of [{ isSigning: false }, { limits: null }, { hasCopy: false }])
      expect(alone(around).without.limits()).toBeNull();
  });

  it('are counted by the day of the village’s time zone, and by the server’s clock', () => {
    // Half past ten in the evening in Shanghai is half past midnight of the next day in Vladivostok.
    const lateMs = Date.UTC(2026, 2, 2, 14, 30);
    const spent = (around: Around) => alone(around).without.limits()?.spentHere('A');
    const rows = [keptRedeem('before ten', { done: 'here', atMs: lateMs - 3_600_000 })];
    expect(spent({ rows, serverMs: lateMs })).toBe(600);
    expect(spent({ rows, serverMs: lateMs, timeZone: 'Asia/Vladivostok' })).toBe(0);
    expect(spent({ rows, serverMs: lateMs + 2 * 3_600_000 })).toBe(0);
    // The device's clock is a day behind the server's, and the row says so.
    const behind = [keptRedeem('behind', { done: 'here', atMs: lateMs - DAY_MS, offsetMs: DAY_MS })];
    expect(spent({ rows: behind, serverMs: lateMs })).toBe(600);
    const ahead = [keptRedeem('by a clock that was set ahead', { done: 'here', atMs: lateMs + DAY_MS })];
    expect(spent({ rows: ahead, serverMs: lateMs })).toBe(600);
  });

  it('never fall below nothing, and come back when the rows are booked', () => {
    const { without, kept } = alone({
      rows: [keptRedeem('much', { done: 'here', content: { points: 9000 } })],
    });
    expect(without.limits()?.left).toBe(0);
    kept.value = [keptRedeem('much', { done: 'here', answer: 'late', entry: 9, content: { points: 9000 } })];
    expect([without.limits()?.left, without.limits()?.bookedHere('A')]).toEqual([5000, 9000]);
  });
});

describe('a household in the copy', () => {
  it('is known by its card, as old as the copy, without a token and without asking for PINs', async () => {
    expect(await alone().without.lookUp({ card: '90000' })).toEqual({
      ...{ id: 'A', number: '001', head: '王*明', group: '第一组', balance: 5000, redeemedToday: 300 },
      remaining: [{ goodsId: 'salt', pieces: 5 }],
      ...{ pin: { isSet: true, waitSeconds: 0 }, pinAbove: null, newSince: null, vouching: null },
      ...{ copiedAtMs: 900_000 },
      presence: { token: '', how: 'card', expiresAtMs: NOW + 15 * 60_000, cardIssuedAtMs: NOW - 2 * DAY_MS },
    });
    const byNumber = await alone().without.lookUp({ number: '001' });
    expect(byNumber?.presence).toEqual({ token: '', how: 'number', expiresAtMs: NOW + 15 * 60_000 });
  });

  it('is the volunteer’s own where the copy says so', () => {
    const own = (around: Around) => ['A', 'B'].map((id) => alone(around).without.limits()?.isOwn(id));
    expect([own({ onDuty: 'v2' }), own({})]).toEqual([
      [true, false],
      [false, false],
    ]);
  });

  it('has had what this counter handed out since: balance, pieces and the points of the day', async () => {
    const rows = [
      keptRedeem('unsent', { done: 'here' }),
      keptRedeem('known to the copy', { done: 'server', answer: 'booked', entry: 10 }),
      keptRedeem('booked since', { done: 'server', answer: 'booked', entry: 11 }),
      keptRedeem('booked since, before today', {
        done: 'server',
        answer: 'booked',
        entry: 12,
        atMs: NOW - DAY_MS,
      }),
      keptRedeem('another’s', { done: 'here', content: { householdId: 'B' } }),
    ];
    const { without } = alone({ rows });
    const found = await without.lookUp({ card: '90000' });
    // Not the unsent one: the amounts count it by themselves.
    expect(found).toMatchObject({
      balance: 5000 - 1800,
      redeemedToday: 300 + 600,
      remaining: [{ pieces: 0 }],
    });
    expect(without.limits()?.spentHere('A')).toBe(600);
  });

  it('is unknown where there is no copy, no such card, or nobody of that number', async () => {
    expect(await alone({ hasCopy: false }).without.lookUp({ card: '90000' })).toBeNull();
    expect(await alone().without.lookUp({ card: '90001' })).toBeNull();
    expect(await alone({ found: null }).without.lookUp({ number: '001' })).toBeNull();
    expect(await alone({ hasCopy: false }).without.goods()).toEqual([]);
  });
});

describe('a household and a shelf as the server told them', () => {
  it('have had what is not booked yet, and not what is', () => {
    const rows = [
      keptRedeem('unsent', { done: 'here' }),
      keptRedeem('undone', { done: 'here' }),
      keptUndo('u', 'undone', { done: 'here' }),
      keptRedeem('booked', { done: 'server', answer: 'booked', entry: 11 }),
    ];
    const { without } = alone({ rows });
    const told = household('A', { balance: 2000, remaining: [{ goodsId: 'salt', pieces: 3 }] });
    expect(without.lessUnsent(told)).toEqual({
      ...told,
      balance: 1400,
      remaining: [{ goodsId: 'salt', pieces: 1 }],
    });
    const other = household('B');
    expect(without.lessUnsent(other)).toBe(other);
    expect([...without.unsentPieces()]).toEqual([['salt', 2]]);
  });
});

describe('a shift without the server', () => {
  it('begins by a PIN that this device has checked, once its row is on the disk', async () => {
    const { without, append } = alone();
    expect(await without.shift.begin('v1', '482915')).toEqual({
      ...{ id: 'key-1', volunteerId: 'v1', volunteer: '张志愿', startedAtMs: NOW },
    });
    const row = { key: 'key-2', shift: 'key-1', body: { volunteerId: 'v1' } };
    expect(append).toHaveBeenCalledWith('kiosk.beginShift', row, 'here');
    expect(await without.shift.end('key-1')).toBe(true);
    expect(append).toHaveBeenLastCalledWith(
      'kiosk.endShift',
      { key: 'key-3', shift: 'key-1', body: {} },
      'here',
    );
  });

  it.each([
    ['wrong', { pin: () => Promise.resolve('wrong' as const) }],
    ['wait', { pin: () => Promise.resolve('wait' as const) }],
    ['notKept', { pin: () => Promise.resolve('notKept' as const) }],
    ['unchecked', { pin: () => Promise.reject(new Error('no worker')) }],
    ['unchecked', { isTooOld: true }],
    ['unchecked', { hasCopy: false }],
  ] as const)('does not begin: %s', async (refusal, around) => {
    const { without, append } = alone(around);
    expect([await without.shift.begin('v1', '482915'), await without.shift.check('v1', '482915')]).toEqual([
      refusal,
      refusal,
    ]);
    expect(append).not.toHaveBeenCalled();
  });

  it('neither begins nor ends where the disk refuses', async () => {
    const { without } = alone({ isKept: false });
    expect([await without.shift.begin('v1', '482915'), await without.shift.end('s')]).toEqual([
      'notKept',
      false,
    ]);
  });
});

describe('looking for a name without the server', () => {
  it('tells whom somebody may mean, and nothing of their points', async () => {
    const [all, nobody] = [await alone().without.find('王'), await alone().without.find('李')];
    const items = [{ id: 'A', number: '001', head: '王*明', group: '第一组' }];
    expect(all).toEqual({ items, more: false, isCopied: true });
    expect(nobody).toEqual({ items: [], more: false, isCopied: true });
  });

  it('says that it cannot tell without a copy, and with one that is too old', async () => {
    expect(await alone({ hasCopy: false }).without.find('王')).toBeNull();
    expect(await alone({ isTooOld: true }).without.find('王')).toBeNull();
  });
});
