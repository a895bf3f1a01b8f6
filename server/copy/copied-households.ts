import { createHmac } from 'node:crypto';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { chunked, type Reader, type RowOf } from '../../db/index.ts';
import { CARD_CODE_DIGITS } from '../../shared/cards/code.ts';
import type { CopiedHousehold } from '../../shared/copy/contract.ts';
import { maskName } from '../../shared/mask-name.ts';
import { cardsWithCodes } from '../cards/index.ts';
import { askNow, together } from '../commands/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { redeemedOnDay, takenInMonth } from '../kiosk/index.ts';
import { accountId, balancesOf } from '../ledger/index.ts';

interface At {
  readonly reader: Reader;
  readonly villageId: string;
  readonly today: string;
  /** The key under which this device knows the codes of cards. */
  readonly cardKey: Buffer;
  /** Items with a monthly limit. */
  readonly limited: ReadonlySet<string>;
}

/** Enough that no two cards of a village share it. */
const HASH_BYTES = 16;

/** Reads households that are in use as a device keeps them, by their ids. */
export async function copiedHouseholds(at: At, of: 'all' | readonly string[]): Promise<CopiedHousehold[]> {
  const found = of === 'all' ? await openHouseholds(at) : await openAmong(at, of);
  const copied: CopiedHousehold[] = [];
  for (const some of chunked(found)) copied.push(...(await copiedOf(at, some)));
  return copied;
}

type HouseholdRow = Pick<
  RowOf<'households'>,
  'id' | 'number' | 'originalNumber' | 'head' | 'groupName' | 'headPinyin'
>;

function openHouseholds({ reader, villageId }: At): Promise<HouseholdRow[]> {
  return reader.prepared(
    'copy.households',
    ({ db, t }) =>
      db
        .select(columnsOf(t))
        .from(t.households)
        .where(
          and(eq(t.households.villageId, sql.placeholder('villageId')), eq(t.households.state, 'active')),
        )
        .orderBy(asc(t.households.id)),
    { villageId },
  );
}

async function openAmong(
  { reader: { db, t }, villageId }: At,
  ids: readonly string[],
): Promise<HouseholdRow[]> {
  const found: HouseholdRow[] = [];
  for (const some of chunked(ids)) {
    const rows = await db
      .select(columnsOf(t))
      .from(t.households)
      .where(
        and(
          eq(t.households.villageId, villageId),
          inArray(t.households.id, some),
          eq(t.households.state, 'active'),
        ),
      );
    found.push(...rows);
  }
  return found;
}

function columnsOf({ households }: Reader['t']) {
  const { id, number, originalNumber, head, groupName, headPinyin } = households;
  return { id, number, originalNumber, head, groupName, headPinyin };
}

async function copiedOf(at: At, rows: readonly HouseholdRow[]): Promise<CopiedHousehold[]> {
  const { reader, villageId, today, cardKey, limited } = at;
  const ids = rows.map(({ id }) => id);
  const cards = await cardsWithCodes(reader, villageId, ids);
  const balances = await balancesOf(reader, villageId, ids.map(householdAccount));
  const month = today.slice(0, 7);
  const known = await askNow(
    reader,
    villageId,
    together({
      redeemed: redeemedOnDay.each(ids.map((id) => [id, today])),
      // Without a limited item nobody asks what was taken.
      taken: takenInMonth.each(limited.size === 0 ? [] : ids.map((id) => [id, month])),
    }),
  );
  return rows.map(({ id, number, originalNumber, head, groupName, headPinyin }) => ({
    ...{ id, number, originalNumber, head: maskName(head), group: groupName, search: headPinyin },
    card: copiedCard(cardKey, cards.get(id)),
    balance: balances.get(accountId(householdAccount(id))) ?? 0,
    redeemedToday: known.redeemed(id, today),
    taken:
      limited.size === 0
        ? []
        : Array.from(known.taken(id, month), ([goodsId, pieces]) => ({ goodsId, pieces }))
            .filter(({ goodsId, pieces }) => pieces !== 0 && limited.has(goodsId))
            .sort((a, b) => (a.goodsId < b.goodsId ? -1 : 1)),
  }));
}

/** Codes of the first cards are so short that all of them can be tried against a hash: those are left out. */
function copiedCard(
  key: Buffer,
  card: { readonly code: string; readonly issuedAtMs: number } | undefined,
): CopiedHousehold['card'] {
  if (card?.code.length !== CARD_CODE_DIGITS) return null;
  const hash = createHmac('sha256', key).update(card.code).digest().subarray(0, HASH_BYTES);
  return { hash: hash.toString('base64url'), issuedAtMs: card.issuedAtMs };
}
