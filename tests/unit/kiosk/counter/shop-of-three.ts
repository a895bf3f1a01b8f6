/** Three households, three goods and answers of the server, for the tests of the counter's machine. */
import { readProblem, type Failure, type Outcome } from '../../../../client/api/outcome.ts';
import type {
  Household,
  Presence,
  Redemption,
  RowResult,
  WithoutNetwork,
  World,
} from '../../../../client/kiosk/counter/state.ts';
import type { GoodsItem } from '../../../../shared/goods/contract.ts';

/** A balance that nothing else looks like, so that it is found wherever it does not belong. */
export const BALANCE = 98_765_432;
export const PIN_ABOVE = 700;

const HEADS = { A: '王小明', B: '李建国', C: '陈爱燕' } as const;
export type Id = keyof typeof HEADS;
export const IDS = ['A', 'B', 'C'] as const satisfies readonly Id[];

export function household(id: Id, over: Partial<Household> = {}): Household {
  return {
    id,
    number: `00${IDS.indexOf(id) + 1}`,
    head: HEADS[id],
    group: '第一组',
    balance: BALANCE,
    remaining: [],
    pin: { isSet: true, waitSeconds: 0 },
    redeemedToday: 0,
    pinAbove: null,
    newSince: null,
    vouching: null,
    presence: presenceOf(id, 'card'),
    ...over,
  };
}

const PRESENCE_LASTS_MS = 15 * 60_000;

/** How a household was recognised just now; in a shop of its own time at that moment. */
export function presenceOf(id: Id, how: Presence['how'], nowMs = 1_000_000): Presence {
  return { token: `${id}-${how}-${nowMs}`, how, expiresAtMs: nowMs + PRESENCE_LASTS_MS };
}

export function cardOf(id: Id): string {
  return `9000${IDS.indexOf(id)}`;
}

/** Whether the name of a household stands anywhere in it. */
export function namesIn(value: unknown): Id[] {
  const text = JSON.stringify(value);
  return IDS.filter((id) => text.includes(HEADS[id]));
}

export const GOODS_IDS = ['salt', 'rice', 'soap'] as const;

function item(id: string, price: number): GoodsItem {
  return {
    id,
    kind: 'goods',
    category: '米面粮油',
    name: `名-${id}`,
    unit: '件',
    price,
    costFen: null,
    barcode: null,
    monthlyLimit: null,
    enabled: true,
    pictureId: null,
    ...{ nextPrice: null, formerPrice: null },
    chosenDrawing: null,
    drawing: 'salt-bag',
    rank: null,
    stock: 1000,
  };
}

const ALL = [item('salt', 300), item('rice', 3200), item('soap', 100)];

export function shelf(...ids: readonly string[]): ReadonlyMap<string, GoodsItem> {
  return new Map(ALL.filter(({ id }) => ids.length === 0 || ids.includes(id)).map((one) => [one.id, one]));
}

export function world(over: Partial<World> = {}): World {
  return {
    nowMs: 1_000_000,
    freshKey: 'fresh',
    goods: shelf(),
    goodsNames: new Map(ALL.map(({ id, name }) => [id, name])),
    isConnected: true,
    withoutNetwork: null,
    ...over,
  };
}

/** The amounts of a village that hands out without its network. */
export function amounts(over: Partial<WithoutNetwork> = {}): WithoutNetwork {
  return {
    household: 2000,
    left: 10_000,
    spentHere: () => 0,
    bookedHere: () => 0,
    isOwn: () => false,
    ...over,
  };
}

/** A household that was found in the copy on the device, by its card. */
export function copiedHousehold(id: Id, over: Partial<Household> = {}): Household {
  const { how, expiresAtMs } = presenceOf(id, 'card');
  const presence = { token: '', how, expiresAtMs, cardIssuedAtMs: 500_000 };
  return household(id, { copiedAtMs: 900_000, copiedFor: 'gone', presence, ...over });
}

export function redemption(id: string, who: Id, over: Partial<Redemption> = {}): Redemption {
  return {
    id,
    household: { id: who, number: household(who).number, head: HEADS[who] },
    lines: [{ goodsId: 'salt', name: '名-salt', unit: '件', quantity: 2, price: 300, returned: 0 }],
    points: 600,
    balanceAfter: 1,
    bookedAtMs: 999_000,
    journalNumber: 1,
    digits: '3f2a 91c0 77de 04b1',
    volunteer: '张志愿',
    undone: false,
    mayUndo: true,
    ...over,
  };
}

export function answer<T>(data: T): Outcome<T> {
  return { kind: 'answer', data, filename: null };
}

export function problem(code: string, kind = 'refused', moved = 'no', params = {}): Failure {
  return { kind: 'problem', problem: readProblem(409, { code, kind, moved, params }) };
}

export function booked(receipt: Redemption): RowResult {
  return { is: 'booked', receipt };
}

export function refused(failure: Failure): RowResult {
  return { is: 'refused', failure };
}

export const lost: Failure = { kind: 'unknown', reason: 'unreachable' };
export const pointsShort = problem('ledger.points_short');
export const shiftOver = problem('kiosk.shift_over');
