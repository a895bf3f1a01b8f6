/** Founds a village through the API: staff, a shop, kiosks on duty and households. */
import { API_BASE } from '../../shared/api-base.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import { goodsSample, ruleSample } from '../support/samples.ts';
import { addressOf, type AnswerOf, type LooseSent, PASSWORD, requestOf } from '../support/server.ts';

const KIOSKS = 3;
const HOUSEHOLDS = 12;
export const PRICE = 100;
export const AWARD = 500;

export type Who = 'maker' | 'approver' | `kiosk${number}`;

export interface WorkingVillage {
  readonly id: string;
  /** The number of the last entry of its founding: acts are entries too. */
  readonly booked: number;
  readonly ruleId: string;
  readonly householdIds: readonly string[];
  /** Codes of cards, by household. */
  readonly cards: ReadonlyMap<string, string>;
  readonly goodsIds: readonly string[];
  readonly kiosks: readonly Who[];
  readonly keyring: Keyring;
}

/** The headers of each caller. Staff log in again when their token has expired. */
export class Keyring {
  readonly headers = new Map<Who, Readonly<Record<string, string>>>();

  async logIn(url: string, who: 'maker' | 'approver'): Promise<void> {
    const body = { username: who, password: PASSWORD };
    const { accessToken } = await ask<'session.login'>(url, 'session.login', { body });
    this.headers.set(who, { Authorization: `Bearer ${accessToken}` });
  }

  of(who: Who) {
    return { id: who, headers: this.headers.get(who) ?? {} };
  }
}

/** Calls an endpoint that must succeed. */
export async function ask<Id extends EndpointId>(
  url: string,
  id: Id,
  sent: LooseSent = {},
): Promise<AnswerOf<Id>> {
  const response = await fetch(`${url}${addressOf(id, sent)}`, requestOf(id, sent));
  const body: unknown = await response.json();
  if (response.status !== 200) throw new Error(`${API_BASE} ${id}: ${JSON.stringify(body)}`);
  return body as AnswerOf<Id>;
}

export async function foundVillage(url: string): Promise<WorkingVillage> {
  const keyring = new Keyring();
  const setUp = await ask<'setup.create'>(url, 'setup.create', {
    body: {
      village: { name: '前洼村', town: '谷旦镇' },
      admin: { displayName: '王芳', username: 'maker', password: PASSWORD },
    },
  });
  await keyring.logIn(url, 'maker');
  const as = keyring.of('maker');
  // One household redeems more in a minute here than others in a month, and as much comes in.
  const settings = { pinAboveHundredths: null, deliveryNeedsSecondAboveFen: 100_000_000 };
  await ask<'village.update'>(url, 'village.update', { as, body: { settings } });
  await addApprover(url, keyring);
  const rule = await ask<'rules.create'>(url, 'rules.create', {
    as,
    body: {
      ...ruleSample('1', '门前三包'),
      pointsMode: 'fixed',
      points: AWARD,
      pointsMin: null,
      pointsMax: null,
    },
  });
  const householdIds: string[] = [];
  for (let index = 0; index < HOUSEHOLDS; index++) {
    const body = { head: `王小${String(index)}`, group: '第一组' };
    householdIds.push((await ask<'households.create'>(url, 'households.create', { as, body })).id);
  }
  const { items } = await ask<'cards.sheet'>(url, 'cards.sheet', { as, body: { householdIds } });
  const cards = new Map(items.map(({ householdId, code }) => [householdId, code]));
  const goodsIds: string[] = [];
  for (const name of ['大米', '肥皂', '菜籽油', '铁锹'])
    goodsIds.push(
      (await ask<'goods.create'>(url, 'goods.create', { as, body: { ...goodsSample(name), price: PRICE } }))
        .id,
    );
  const kiosks: Who[] = [];
  for (let index = 0; index < KIOSKS; index++) kiosks.push(await addKiosk(url, keyring, index));
  const { items: acts } = await ask<'acts.list'>(url, 'acts.list', { as, query: { limit: 1 } });
  const booked = acts[0]?.number ?? 0;
  return { id: setUp.village.id, booked, ruleId: rule.id, householdIds, cards, goodsIds, kiosks, keyring };
}

async function addApprover(url: string, keyring: Keyring): Promise<void> {
  const as = keyring.of('maker');
  const { oneTimePassword: current } = await ask<'staff.create'>(url, 'staff.create', {
    as,
    body: { username: 'approver', displayName: '李强', roles: ['approver'], householdIds: [] },
  });
  const { accessToken } = await ask<'session.login'>(url, 'session.login', {
    body: { username: 'approver', password: current },
  });
  await ask<'session.changePassword'>(url, 'session.changePassword', {
    as: { id: '', headers: { Authorization: `Bearer ${accessToken}` } },
    body: { current, next: PASSWORD },
  });
  await keyring.logIn(url, 'approver');
}

async function addKiosk(url: string, keyring: Keyring, index: number): Promise<Who> {
  const as = keyring.of('maker');
  const { code } = await ask<'kiosks.create'>(url, 'kiosks.create', { as, body: { name: `超市${index}` } });
  const { deviceToken } = await ask<'kiosk.pair'>(url, 'kiosk.pair', { body: { code } });
  const { volunteer, pin: currentPin } = await ask<'volunteers.create'>(url, 'volunteers.create', {
    as,
    body: { name: `志愿者${index}` },
  });
  const pin = '583104';
  await ask<'volunteers.confirm'>(url, 'volunteers.confirm', {
    as: keyring.of('approver'),
    params: { id: volunteer.id },
    body: { currentPin, pin },
  });
  const device = { Authorization: `Kiosk ${deviceToken}` };
  const { shiftToken } = await ask<'kiosk.signIn'>(url, 'kiosk.signIn', {
    as: { id: '', headers: device },
    body: { volunteerId: volunteer.id, pin },
  });
  const who: Who = `kiosk${index}`;
  keyring.headers.set(who, { ...device, 'X-Shift': shiftToken });
  return who;
}
