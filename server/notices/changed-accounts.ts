import { eq } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import type { ActName } from '../../shared/acts/catalogue.ts';
import type { Notice } from '../../shared/notices/contract.ts';
import { type ActNames, shownActs } from '../acts/index.ts';
import { actEntries } from '../ledger/index.ts';

/** So many lines fill one page. */
const ACCOUNTS_AT_MOST = 60;

/** Acts by which somebody comes to decide, award or hand out, or could do so in another's name. */
const TOLD: readonly ActName[] = [
  'village.opened',
  'staff.created',
  'staff.changed',
  'staff.kin_withdrawn',
  'staff.password_reset',
  'staff.confirmed',
  'volunteers.created',
  'volunteers.changed',
  'volunteers.kin_withdrawn',
  'volunteers.pin_set',
];

/** A log-in name helps a guesser, and which household is whose kin is nobody else's business. */
const UNTOLD: readonly string[] = ['username', 'household'];

/** Reads what was done to accounts in a stretch of the book. */
export async function changedAccounts(
  reader: Reader,
  names: ActNames,
  villageId: string,
  booked: Notice['booked'],
): Promise<Pick<Notice, 'accounts' | 'areAccountsCut'>> {
  if (booked === null) return { accounts: [], areAccountsCut: false };
  const { first, last } = booked;
  const entries = await actEntries(reader, villageId, {
    sources: await accountsOf(reader, villageId),
    ...{ after: first - 1, before: last + 1, limit: ENTRIES_AT_MOST },
  });
  const told = (await shownActs(reader, names, villageId, entries)).filter(({ act }) =>
    TOLD.some((name) => name === act),
  );
  const accounts = told.slice(0, ACCOUNTS_AT_MOST).map(({ number, on, by, thing, words, changes }) => ({
    ...{ number, on, by, words },
    person: thing.kind === 'village' ? '' : thing.name,
    // The opening counts everything there was, in a document of its own.
    changes: thing.kind === 'village' ? [] : changes.filter(({ field }) => !UNTOLD.includes(field)),
  }));
  return {
    accounts: accounts.reverse(),
    areAccountsCut: told.length > ACCOUNTS_AT_MOST || entries.length === ENTRIES_AT_MOST,
  };
}

/** Those that are left out by `TOLD` are few: declared kin, and passwords that people changed themselves. */
const ENTRIES_AT_MOST = 3 * ACCOUNTS_AT_MOST;

async function accountsOf({ db, t: { staff, volunteers } }: Reader, villageId: string): Promise<string[]> {
  const people = await db.select({ id: staff.id }).from(staff).where(eq(staff.villageId, villageId));
  const atShop = await db
    .select({ id: volunteers.id })
    .from(volunteers)
    .where(eq(volunteers.villageId, villageId));
  return [
    `village:${villageId}`,
    ...people.map(({ id }) => `staff:${id}`),
    ...atShop.map(({ id }) => `volunteer:${id}`),
  ];
}
