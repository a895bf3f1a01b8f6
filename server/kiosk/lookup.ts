import { and, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../db/index.ts';
import { isCardCode } from '../../shared/cards/code.ts';
import type { kioskHousehold } from '../../shared/kiosk/recognition-contract.ts';
import { Refusal } from '../../shared/errors.ts';
import { askNow } from '../commands/index.ts';
import { meantBy, soughtNumber } from '../../shared/households/original-number.ts';
import { maskName } from '../../shared/mask-name.ts';
import type { VillageContext } from '../http/index.ts';
import { findByName, mayBeMeant, numberColumns } from '../households/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { balance } from '../ledger/index.ts';
import { counterPin } from './counter-pin.ts';
import { newThingsOf } from './allow-new.ts';
import type { Recognised } from './presence.ts';
import { redeemedOnDay, takenInMonth, vouchedInMonth } from './redemption-rows.ts';

export type KioskHousehold = Omit<z.input<typeof kioskHousehold>, 'pinAbove'>;

/** A household that was found, and how it was recognised. */
export interface LookedUp {
  readonly household: KioskHousehold;
  readonly recognised: Recognised;
}

interface At {
  readonly village: Pick<VillageContext, 'id' | 'settings' | 'openedAtMs'>;
  readonly today: string;
  readonly nowMs: number;
}

/**
 * Finds a household by its card's whole code. The check digit is tested first, and a revoked card is named as
 * revoked.
 */
export async function lookUpCard(reader: Reader, at: At, code: string): Promise<LookedUp> {
  const villageId = at.village.id;
  if (!isCardCode(code)) throw new Refusal('card.unknown');
  const [row] = await reader.prepared(
    'shop.householdByCard',
    ({ db, t: { cards, households } }) =>
      db
        .select({
          issuedAtMs: cards.issuedAtMs,
          revokedAtMs: cards.revokedAtMs,
          id: households.id,
          number: households.number,
          head: households.head,
          group: households.groupName,
          state: households.state,
          pinHash: households.pinHash,
          pinSetAtMs: households.pinSetAtMs,
        })
        .from(cards)
        .innerJoin(
          households,
          and(eq(households.villageId, cards.villageId), eq(households.id, cards.householdId)),
        )
        .where(
          and(eq(cards.villageId, sql.placeholder('villageId')), eq(cards.code, sql.placeholder('code'))),
        ),
    { villageId, code },
  );
  if (!row) throw new Refusal('card.unknown');
  if (row.revokedAtMs !== null) throw new Refusal('card.revoked', { number: row.number });
  const recognised = { how: 'card', cardIssuedAtMs: row.issuedAtMs } as const;
  return { household: await present(reader, at, row), recognised };
}

/** A household by its whole number, as people write it: 3 finds 003; or by the village's own, where it means one alone. */
export async function lookUpNumber(reader: Reader, at: At, number: string): Promise<LookedUp> {
  const villageId = at.village.id;
  const sought = soughtNumber(number);
  const rows = await reader.prepared(
    'shop.householdByNumber',
    ({ db, t: { households } }) =>
      db
        .select({
          ...numberColumns(households),
          id: households.id,
          head: households.head,
          group: households.groupName,
          state: households.state,
          pinHash: households.pinHash,
          pinSetAtMs: households.pinSetAtMs,
        })
        .from(households)
        .where(
          and(
            eq(households.villageId, sql.placeholder('villageId')),
            mayBeMeant(households, {
              numberKey: sql.placeholder('numberKey'),
              from: sql.placeholder('from'),
              to: sql.placeholder('to'),
            }),
          ),
        ),
    { villageId, ...sought },
  );
  const row = meantBy(number, rows);
  if (!row) throw new Refusal('household.not_found', { number });
  const household = await present(reader, at, row);
  return {
    household: { ...household, vouching: await vouching(reader, at, row) },
    recognised: { how: 'number' },
  };
}

const FOUND_MAX = 8;

/** A few households by name or initials, masked: enough to point at one, too little to read a village by. */
export async function findMasked(reader: Reader, villageId: string, name: string) {
  const found = await findByName(reader, villageId, name, FOUND_MAX + 1);
  const items = found.slice(0, FOUND_MAX).map((one) => ({ ...one, head: maskName(one.head) }));
  return { items, more: found.length > FOUND_MAX };
}

interface Found {
  readonly id: string;
  readonly number: string;
  readonly head: string;
  readonly group: string;
  readonly state: string;
  readonly pinHash: string | null;
  readonly pinSetAtMs: number | null;
}

async function present(reader: Reader, at: At, found: Found): Promise<KioskHousehold> {
  const { village, today, nowMs } = at;
  const villageId = village.id;
  const { id, number, head, group, state } = found;
  if (state === 'closed') throw new Refusal('household.closed', { number });
  const points = await balance(reader, villageId, householdAccount(id));
  const [newThing] = await newThingsOf(reader, villageId, found, { openedAtMs: village.openedAtMs, nowMs });
  return {
    id,
    number,
    head,
    group,
    balance: points,
    remaining: await remaining(reader, villageId, id, today),
    pin: await counterPin(reader, villageId, found, nowMs),
    redeemedToday: await askNow(reader, villageId, redeemedOnDay.one([id, today])),
    newSince: newThing ?? null,
    vouching: null,
  };
}

/** The amount that two people may still vouch for this month; null where the household has a PIN to give. */
async function vouching(
  reader: Reader,
  { village: { id: villageId, settings }, today }: At,
  { id, pinHash }: Found,
): Promise<KioskHousehold['vouching']> {
  const most = settings.vouchedHundredthsAMonth;
  if (pinHash !== null || most === 0) return null;
  const vouched = await askNow(reader, villageId, vouchedInMonth.one([id, today.slice(0, 7)]));
  return { left: Math.max(0, most - vouched) };
}

/** Pieces of each limited item this household may still have this month. */
async function remaining(reader: Reader, villageId: string, householdId: string, today: string) {
  const limited = await reader.prepared(
    'shop.limitedGoods',
    ({ db, t: { goods } }) =>
      db
        .select({ id: goods.id, monthlyLimit: goods.monthlyLimit })
        .from(goods)
        .where(
          and(
            eq(goods.villageId, sql.placeholder('villageId')),
            eq(goods.enabled, true),
            sql`${goods.monthlyLimit} is not null`,
          ),
        ),
    { villageId },
  );
  if (limited.length === 0) return [];
  const month = takenInMonth.one([householdId, today.slice(0, 7)]);
  const taken = await askNow(reader, villageId, month);
  return limited.map(({ id, monthlyLimit }) => ({
    goodsId: id,
    pieces: Math.max(0, (monthlyLimit ?? 0) - (taken.get(id) ?? 0)),
  }));
}
