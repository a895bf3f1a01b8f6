import { and, eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { isCardCode } from '../../shared/cards/code.ts';
import { Refusal } from '../../shared/errors.ts';
import { meantBy, soughtNumber } from '../../shared/households/original-number.ts';
import type { SignInWay } from '../../shared/workdays/states.ts';
import { mayBeMeant, numberColumns } from '../households/index.ts';

export interface Came {
  readonly card?: string | undefined;
  readonly number?: string | undefined;
  readonly householdId?: string | undefined;
}

export interface FoundHousehold {
  readonly id: string;
  readonly number: string;
  readonly head: string;
  readonly way: SignInWay;
}

/** Finds the household of a card, of a typed number or of a list. Refuses unknown and revoked cards, and accounts that ended. */
export async function whoCame(reader: Reader, villageId: string, came: Came): Promise<FoundHousehold> {
  const found = await find(reader, villageId, came);
  const { id, number, head } = found;
  if (found.state !== 'active') throw new Refusal('household.closed', { number });
  return { id, number, head, way: came.card === undefined ? 'number' : 'card' };
}

async function find(reader: Reader, villageId: string, { card, number, householdId }: Came) {
  if (card !== undefined) return byCard(reader, villageId, card);
  if (number !== undefined) return byNumber(reader, villageId, number);
  return byId(reader, villageId, householdId ?? '');
}

async function byCard({ db, t: { cards, households } }: Reader, villageId: string, code: string) {
  if (!isCardCode(code)) throw new Refusal('card.unknown');
  const [row] = await db
    .select({ ...numberColumns(households), ...shownOf(households), revokedAtMs: cards.revokedAtMs })
    .from(cards)
    .innerJoin(
      households,
      and(eq(households.villageId, cards.villageId), eq(households.id, cards.householdId)),
    )
    .where(and(eq(cards.villageId, villageId), eq(cards.code, code)));
  if (!row) throw new Refusal('card.unknown');
  if (row.revokedAtMs !== null) throw new Refusal('card.revoked', { number: row.number });
  return row;
}

async function byNumber({ db, t: { households } }: Reader, villageId: string, number: string) {
  const rows = await db
    .select({ ...numberColumns(households), ...shownOf(households) })
    .from(households)
    .where(and(eq(households.villageId, villageId), mayBeMeant(households, soughtNumber(number))));
  const row = meantBy(number, rows);
  if (!row) throw new Refusal('household.not_found', { number });
  return row;
}

async function byId({ db, t: { households } }: Reader, villageId: string, id: string) {
  const [row] = await db
    .select({ ...numberColumns(households), ...shownOf(households) })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.id, id)));
  if (!row) throw new Refusal('household.not_found');
  return row;
}

function shownOf({ id, head, state }: Reader['t']['households']) {
  return { id, head, state };
}
